"""What rooms need from a project, told by one system check with the line to paste.

The ids: E001 an app, E002 a middleware, E003 ``TASKS``, E004 the options of SQLite, E005 a setting,
E006 ``USE_TZ``, E007 pages.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from dovetail.core import configuration
from dovetail.core.registry import Registry
from dovetail.core.rooms import NEEDS

SQLITE_MINIMAL_TIMEOUT = 10
SQLITE_OPTIONS_LINE = (
    '"OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, '
    '"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}'
)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something that a project lacks."""

    what: str
    """One sentence that names it and who needs it."""
    line: str = ""
    """The line to paste, with the place where it goes; empty when the sentence says the cure."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """Something that a room needs from the project."""

    id: str
    """Of the check message, such as ``dovetail.E001``."""
    find: Callable[[], Iterable[Missing]]
    """Finds what is missing; called each time the checks run."""


requirements: Registry[Requirement] = Registry("requirement")


def require(requirement: Requirement, *, name: str = "") -> None:
    """
    Declare what a room needs.

    Args:
        requirement: What is needed.
        name: Tells requirements of one id apart, such as the middleware's path.
    """
    requirements.add(f"{requirement.id} {name}".strip(), requirement)


def require_middleware(path: str, *, needed_by: str) -> None:
    """
    Declare that a middleware must be in ``MIDDLEWARE``.

    Args:
        path: Its dotted path.
        needed_by: The app that needs it.
    """

    def find() -> Iterator[Missing]:
        if path not in settings.MIDDLEWARE:
            yield Missing(
                what=f"MIDDLEWARE lacks {path}, which {needed_by} needs.",
                line=f'Append to MIDDLEWARE: "{path}",',
            )

    require(Requirement(id="dovetail.E002", find=find), name=path)


@register("dovetail")
def check_requirements(**_: Any) -> list[CheckMessage]:
    """Report what is missing, each with the line to paste."""
    return [
        Error(missing.what, hint=missing.line or None, id=requirement.id)
        for requirement in requirements
        for missing in requirement.find()
    ]


def stop_without_models() -> None:
    """
    Stop where a missing app has models.

    The models of the rooms that need it cannot be imported then, so Django would end in a traceback that names no cure,
    before any check can run.

    Raises:
        SystemExit: with the same words as the check.
    """
    for app, missing in _missing_apps():
        if find_spec(f"{app}.models"):
            raise SystemExit(f"(dovetail.E001) {missing.what}\n\tHINT: {missing.line}")


def missing_apps() -> Iterator[Missing]:
    """Find the rooms that installed rooms need and that are not installed."""
    for _, missing in _missing_apps():
        yield missing


def _missing_apps() -> Iterator[tuple[str, Missing]]:
    for room, needs in NEEDS.items():
        if not apps.is_installed(f"dovetail.{room}"):
            continue
        for need in needs:
            if not apps.is_installed(f"dovetail.{need}"):
                yield (
                    f"dovetail.{need}",
                    Missing(
                        what=f"INSTALLED_APPS lacks dovetail.{need}, which dovetail.{room} needs.",
                        line=f'Write in INSTALLED_APPS, in place of the single apps: *dovetail.apps("{room}"),',
                    ),
                )


def missing_database_options() -> Iterator[Missing]:
    """Find the databases with our tables whose options let processes disturb one another."""
    for alias in sorted(_our_databases()):
        yield from missing_sqlite_options(connections[alias])


def missing_sqlite_options(connection: BaseDatabaseWrapper) -> Iterator[Missing]:
    """Find the options that a database lacks, if it is one of SQLite in a file."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined] # SQLite's own
        return
    if lacking := list(_lacking_options(connection.settings_dict["OPTIONS"])):
        yield Missing(
            what=f"The SQLite database {connection.alias!r} lacks {', '.join(lacking)}; without, "
            "a web process and a worker lock each other out.",
            line=f"Write in DATABASES[{connection.alias!r}]: {SQLITE_OPTIONS_LINE},",
        )


def wrong_settings() -> Iterator[Missing]:
    """Find what is wrong with the configuration."""
    for problem in configuration.problems():
        yield Missing(what=problem)


def times_without_zone() -> Iterator[Missing]:
    """Find out that the project's databases refuse aware times, the only ones that Dovetail writes."""
    if not settings.USE_TZ:
        yield Missing(
            what="USE_TZ is off, so the databases refuse the times that Dovetail stores, which have a time zone.",
            line="Write in the settings: USE_TZ = True",
        )


def _our_databases() -> set[str]:
    models = [model for model in apps.get_models() if model._meta.app_label.startswith("dovetail_")]
    return {router.db_for_write(model) for model in models}


def _lacking_options(options: dict[str, Any]) -> Iterator[str]:
    if str(options.get("transaction_mode")).upper() != "IMMEDIATE":
        yield "transaction_mode IMMEDIATE"
    if options.get("timeout", 0) < SQLITE_MINIMAL_TIMEOUT:
        yield f"a timeout of at least {SQLITE_MINIMAL_TIMEOUT} seconds"
    if "journal_mode=wal" not in str(options.get("init_command", "")).lower().replace(" ", ""):
        yield "journal_mode=WAL"


require(Requirement(id="dovetail.E001", find=missing_apps))
require(Requirement(id="dovetail.E004", find=missing_database_options))
require(Requirement(id="dovetail.E005", find=wrong_settings))
require(Requirement(id="dovetail.E006", find=times_without_zone))
