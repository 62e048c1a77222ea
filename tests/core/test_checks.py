"""What a project lacks is told with the line to paste."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db.utils import ConnectionHandler

from dovetail.core.checks import (
    SQLITE_OPTIONS_LINE,
    Missing,
    Requirement,
    check_requirements,
    missing_sqlite_options,
    require,
    require_middleware,
    requirements,
)
from dovetail.core.errors import DuplicateName

COMPLETE = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}
PROJECT = """
SECRET_KEY = "only for tests"
INSTALLED_APPS = {apps}
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3", "OPTIONS": {options}}}}}
USE_TZ = True
"""


@pytest.fixture(autouse=True)
def _own_requirements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "_items", dict(requirements._items))


def messages(check_id: str) -> list[tuple[str, str | None]]:
    return [(message.msg, message.hint) for message in check_requirements() if message.id == check_id]


def test_django_runs_the_check() -> None:
    require(Requirement(id="dovetail.E900", find=lambda: [Missing(what="A thing is missing.")]))
    assert "dovetail.E900" in {message.id for message in run_checks(tags=["dovetail"])}


def test_a_room_declares_a_middleware(settings: Any) -> None:
    require_middleware("acme.Middleware", needed_by="acme")
    assert (
        "MIDDLEWARE lacks acme.Middleware, which acme needs.",
        'Append to MIDDLEWARE: "acme.Middleware",',
    ) in messages("dovetail.E002")
    settings.MIDDLEWARE = ["acme.Middleware"]
    assert "acme.Middleware" not in str(messages("dovetail.E002"))


def test_two_requirements_of_one_id_are_told_apart_by_their_names() -> None:
    require_middleware("acme.Middleware", needed_by="acme")
    with pytest.raises(DuplicateName):
        require_middleware("acme.Middleware", needed_by="other")


def test_wrong_settings_are_errors(configure: Callable[..., None]) -> None:
    configure({"state.bakend": "memory", "state.backend": 5})
    told = messages("dovetail.E005")
    assert len(told) == 2
    assert "state.bakend" in told[0][0]
    assert "state.backend, 5" in told[1][0]


def test_a_project_that_keeps_times_without_their_zone_is_told(settings: Any) -> None:
    assert messages("dovetail.E006") == []
    settings.USE_TZ = False
    ((_what, line),) = messages("dovetail.E006")
    assert line == "Write in the settings: USE_TZ = True"


def sqlite_problems(options: dict[str, Any], name: str = "file.sqlite3") -> list[Missing]:
    """Check a SQLite database with these options."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    return list(missing_sqlite_options(ConnectionHandler({"default": database})["default"]))


def test_right_options_of_sqlite_are_no_error() -> None:
    assert sqlite_problems(COMPLETE) == []
    assert sqlite_problems({**COMPLETE, "init_command": "pragma Journal_Mode = wal"}) == []


def test_a_database_in_memory_has_nobody_to_disturb() -> None:
    assert sqlite_problems({}, name=":memory:") == []


@pytest.mark.parametrize(
    ("option", "value", "lacking"),
    [
        ("transaction_mode", None, "transaction_mode IMMEDIATE"),
        ("transaction_mode", "DEFERRED", "transaction_mode IMMEDIATE"),
        ("timeout", 5, "a timeout of at least 10 seconds"),
        ("timeout", None, "a timeout of at least 10 seconds"),
        ("init_command", "PRAGMA synchronous=NORMAL", "journal_mode=WAL"),
    ],
)
def test_each_option_of_sqlite_that_is_lacking_is_named(option: str, value: Any, lacking: str) -> None:
    options = {**COMPLETE, option: value} if value else {name: COMPLETE[name] for name in COMPLETE if name != option}
    (missing,) = sqlite_problems(options)
    assert missing.what.startswith(f"The SQLite database 'default' lacks {lacking}; without,")
    assert missing.line == f"Write in DATABASES['default']: {SQLITE_OPTIONS_LINE},"


def test_the_line_to_paste_satisfies_the_check() -> None:
    assert sqlite_problems(eval(f"{{{SQLITE_OPTIONS_LINE}}}")["OPTIONS"]) == []


def check_project(folder: Path, apps: list[str], options: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    (folder / "project.py").write_text(PROJECT.format(apps=apps, options=options))
    command = [sys.executable, "-m", "django", "check", "--settings=project", "--pythonpath=."]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("apps", "lacking"),
    [
        (["dovetail.core", "dovetail.jobs"], "INSTALLED_APPS lacks dovetail.ui, which dovetail.jobs needs."),
        (
            [
                "django.contrib.auth",
                "django.contrib.contenttypes",
                "dovetail.core",
                "dovetail.ui",
                "dovetail.connector",
            ],
            "INSTALLED_APPS lacks dovetail.integrations, which dovetail.connector needs.",
        ),
    ],
    ids=["an app without models", "an app with models"],
)
def test_a_missing_app_is_an_error_with_the_line_to_paste(tmp_path: Path, apps: list[str], lacking: str) -> None:
    done = check_project(tmp_path, apps, COMPLETE)
    assert done.returncode == 1
    assert f"(dovetail.E001) {lacking}" in done.stderr
    assert f'*dovetail.apps("{apps[-1].removeprefix("dovetail.")}"),' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_project_of_the_floor_alone_is_in_order(tmp_path: Path) -> None:
    done = check_project(tmp_path, ["dovetail.core"], COMPLETE)
    assert done.returncode == 0, done.stderr
