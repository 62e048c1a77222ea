"""The hub's database, named by one address."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
PERSISTENT_SECONDS = 600
POSTGRESQL = ("postgresql", "postgres")


def check_address(address: str) -> None:
    """Make sure that an address names a database that can be used here, or raise a ValueError that says the cure."""
    kind = _kind(address)
    if kind not in ("sqlite", *POSTGRESQL):
        raise ValueError("it names no database of a kind known here; use sqlite:///file or postgresql://user@host/name")
    if kind in POSTGRESQL and find_spec("psycopg") is None:
        raise ValueError('PostgreSQL needs a driver that is not installed; run: pip install "dovetail[hub,postgres]"')


def database_settings(address: str, folder: Path) -> dict[str, Any]:
    """
    Turn the address of a database, which was checked, into an entry of Django's ``DATABASES``.

    Args:
        address: ``sqlite:///file`` (three strokes: relative to the folder; four: absolute) or
            ``postgresql://user:password@host:port/name``; options may follow as a query.
        folder: The folder of the configuration file.
    """
    if _kind(address) in POSTGRESQL:
        return _postgres(address)
    return _sqlite(folder / urlsplit(address).path.removeprefix("/"))


def _kind(address: str) -> str:
    """Return the scheme of an address; empty when it is none."""
    try:
        url = urlsplit(address)
        _ = url.port  # raises when it is no number
    except ValueError:
        return ""
    return url.scheme


def _sqlite(path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": SQLITE_OPTIONS}


def _postgres(address: str) -> dict[str, Any]:
    url = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": dict(parse_qsl(url.query)),
        # A new connection for each request costs several times the request itself.
        "CONN_MAX_AGE": PERSISTENT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
