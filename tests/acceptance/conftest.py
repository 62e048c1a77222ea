"""What the scenarios share: databases and hubs."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import needs
from tests.acceptance.hub import Hub


@pytest.fixture
def sqlite_database() -> str:
    """The address of a SQLite file in the hub's folder."""
    return "sqlite:///hub.sqlite3"


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database that is dropped afterwards."""
    server = needs.postgres_url()
    name = f"dovetail_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Each of the databases in turn."""
    address: str = request.getfixturevalue(f"{request.param}_database")
    return address


@pytest.fixture
def make_hub(tmp_path: Path) -> Iterator[Callable[..., Hub]]:
    """Make hubs that are stopped when the test ends."""
    hubs: list[Hub] = []

    def make(database: str, **settings: str) -> Hub:
        hub = Hub(tmp_path / f"hub-{len(hubs)}", database, settings)
        hubs.append(hub)
        hub.folder.mkdir()
        hub.create()
        return hub

    yield make
    for hub in hubs:
        hub.stop()
