"""The hub's database, named by one address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from dovetail.core.errors import ConfigurationError

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
PERSISTENT_SECONDS = 600


def database_settings(address: str, folder: Path) -> dict[str, Any]:
    """
    Turn the address of a database into an entry of Django's ``DATABASES``.

    Args:
        address: ``sqlite:///file`` (three strokes: relative to the folder; four: absolute) or
            ``postgresql://user:password@host:port/name``; options may follow as a query.
        folder: The folder of the configuration file.
    Raises:
        ConfigurationError: the address names another kind of database.
    """
    url = urlsplit(address)
    if url.scheme == "sqlite":
        return _sqlite(folder / url.path.removeprefix("/"))
    if url.scheme in {"postgresql", "postgres"}:
        return _postgres(address)
    raise ConfigurationError(
        f"hub.database names {url.scheme or 'no'!r} as the kind of database; "
        "use sqlite:///file.sqlite3 or postgresql://user@host/name."
    )


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
