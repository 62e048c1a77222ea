"""walking-7: a wrong setting stops the command with one sentence that names the key, its origin and the cure."""

from collections.abc import Callable

import pytest

from tests.acceptance.hub import Hub

pytestmark = [pytest.mark.acceptance("walking-7"), pytest.mark.process]


@pytest.fixture
def hub(make_hub: Callable[..., Hub], sqlite_database: str) -> Hub:
    return make_hub(sqlite_database)


def refusal(hub: Hub, *words: str) -> str:
    """Return the one sentence with which a command stops."""
    done = hub.attempt(*words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("verb", ["start", "worker", "migrate"])
def test_an_unknown_key_in_the_file_is_named_with_the_file_and_the_likely_key(hub: Hub, verb: str) -> None:
    with (hub.folder / "dovetail.toml").open("a") as file:
        file.write("\n[jobs]\nlease_secondz = 3\n")

    sentence = refusal(hub, verb)

    assert "jobs.lease_secondz" in sentence
    assert str(hub.folder / "dovetail.toml") in sentence
    assert "jobs.lease_seconds" in sentence


def test_an_unknown_variable_of_ours_is_named(hub: Hub) -> None:
    hub.environment["DOVETAIL_JOBS_LEASE_SECONDZ"] = "3"

    sentence = refusal(hub, "migrate")

    assert "DOVETAIL_JOBS_LEASE_SECONDZ" in sentence
    assert "DOVETAIL_JOBS_LEASE_SECONDS" in sentence


def test_a_wrong_type_is_named_with_its_variable(hub: Hub) -> None:
    hub.environment["DOVETAIL_JOBS_LEASE_SECONDS"] = "soon"

    sentence = refusal(hub, "worker")

    assert "jobs.lease_seconds, 'soon'" in sentence
    assert "DOVETAIL_JOBS_LEASE_SECONDS" in sentence


@pytest.mark.parametrize(("name", "key"), [("secret.key", "hub.secret_key_file"), ("fields.keys", "secrets.key_file")])
def test_a_missing_key_file_is_named_with_its_key_and_the_cure(hub: Hub, name: str, key: str) -> None:
    (hub.folder / name).unlink()

    sentence = refusal(hub, "start")

    assert key in sentence
    assert str(hub.folder / name) in sentence
    assert "dovetail init" in sentence or "restore" in sentence


def test_two_keys_with_one_variable_are_both_named(hub: Hub) -> None:
    app = hub.folder / "twins"
    app.mkdir()
    (app / "__init__.py").write_text(
        "from dovetail.core.settings import declare_defaults\n"
        'declare_defaults({"twins.page.size": 1, "twins.page_size": 2}, by="twins")\n'
    )
    hub.environment |= {"DOVETAIL_HUB_APPS": "twins", "PYTHONPATH": str(hub.folder)}

    sentence = refusal(hub, "migrate")

    assert "twins.page.size" in sentence
    assert "twins.page_size" in sentence
    assert "TWINS_PAGE_SIZE" in sentence


def test_no_hub_at_all_is_told_with_the_command_that_makes_one(hub: Hub) -> None:
    (hub.folder / "dovetail.toml").unlink()

    assert "dovetail init" in refusal(hub, "start")


def test_a_database_without_tables_is_told_with_the_command_that_makes_them(hub: Hub) -> None:
    (hub.folder / "hub.sqlite3").unlink()

    assert "dovetail migrate" in refusal(hub, "start")


def test_a_port_in_use_is_told_with_another(hub: Hub) -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", hub.port))
        listener.listen()
        sentence = refusal(hub, "start")

    assert str(hub.port) in sentence
    assert "--port" in sentence
