"""The address of the hub's database."""

from pathlib import Path

import pytest

from dovetail.hub.database import check_address, database_settings

FOLDER = Path("/srv/hub")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("sqlite:///hub.sqlite3", "/srv/hub/hub.sqlite3"),
        ("sqlite:///data/hub.sqlite3", "/srv/hub/data/hub.sqlite3"),
        ("sqlite:////var/lib/hub.sqlite3", "/var/lib/hub.sqlite3"),
    ],
)
def test_a_sqlite_file_is_meant_from_the_hub_s_folder(address: str, path: str) -> None:
    settings = database_settings(address, FOLDER)

    assert str(settings["NAME"]) == path
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_each_part_of_a_postgresql_address_is_used() -> None:
    settings = database_settings("postgresql://ann:se%40cret@db.example:6432/hub?sslmode=require", FOLDER)

    assert settings["NAME"] == "hub"
    assert settings["USER"] == "ann"
    assert settings["PASSWORD"] == "se@cret"
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "6432")
    assert settings["OPTIONS"] == {"sslmode": "require"}
    assert settings["CONN_MAX_AGE"] > 0


@pytest.mark.parametrize("address", ["oracle://db/hub", "hub.sqlite3", "", "postgresql://db:port/hub", "sqlite://["])
def test_another_kind_of_database_is_refused_with_those_that_can_be_used(address: str) -> None:
    with pytest.raises(ValueError, match=r"use sqlite:///file or postgresql://"):
        check_address(address)
