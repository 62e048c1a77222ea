"""The folder of a hub."""

from pathlib import Path

import pytest

from dovetail.core.errors import ConfigurationError
from dovetail.hub import home


def test_a_new_folder_gets_a_configuration_and_two_keys_that_only_the_owner_can_read(tmp_path: Path) -> None:
    made = home.create(tmp_path / "hub")

    assert sorted(path.name for path in made) == ["dovetail.toml", "fields.keys", "secret.key"]
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_what_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    home.create(tmp_path)
    before = {path: path.read_text() for path in tmp_path.iterdir()}
    (tmp_path / "secret.key").unlink()

    assert [path.name for path in home.create(tmp_path)] == ["secret.key"]

    kept = {path: text for path, text in before.items() if path.name != "secret.key"}
    assert all(path.read_text() == text for path, text in kept.items())


def test_a_folder_that_cannot_be_made_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"file cannot be the folder of a hub \(File exists\); name another"):
        home.create(tmp_path / "file")


def test_two_hubs_never_share_a_key(tmp_path: Path) -> None:
    home.create(tmp_path / "one")
    home.create(tmp_path / "two")

    for name in ("secret.key", "fields.keys"):
        assert (tmp_path / "one" / name).read_text() != (tmp_path / "two" / name).read_text()


def test_a_folder_that_is_no_hub_is_told_with_the_command_that_makes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOVETAIL_HOME", str(tmp_path))

    with pytest.raises(ConfigurationError, match=f"dovetail init --home {tmp_path}"):
        home.configuration_file()


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file"), (b" \n", "empty"), (b"\xff\xfe", "plain text")]
)
def test_a_secret_key_that_cannot_be_used_is_told_with_its_file(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "secret.key"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError, match=rf"hub\.secret_key_file names {path}.*{reason}.*dovetail init"):
        home.read_secret_key(path)
