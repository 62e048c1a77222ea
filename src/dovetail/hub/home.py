"""The folder of a hub: its configuration, its keys, and its SQLite file when it uses one."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from dovetail.core.errors import ConfigurationError

CONFIGURATION = "dovetail.toml"
SECRET_KEY = "secret.key"  # noqa: S105 -- a file's name
FIELD_KEYS = "fields.keys"

TEMPLATE = """\
# The settings of this hub. Each key can also be set by a variable of the environment, which wins:
# hub.allowed_hosts by DOVETAIL_HUB_ALLOWED_HOSTS, and so on. `dovetail config explain` lists all keys.

[hub]
# A file beside this one; or "postgresql://user:password@host:5432/name".
database = "sqlite:///dovetail.sqlite3"
secret_key_file = "secret.key"
allowed_hosts = ["127.0.0.1", "localhost"]
# Set this when visitors come by https; cookies and redirects then insist on it.
behind_https = false

[secrets]
# Encrypts what people enter; newest key first. Without this file stored credentials cannot be read: back it up.
key_file = "fields.keys"
"""


def home() -> Path:
    """Return the hub's folder: ``DOVETAIL_HOME``, or the folder in which the command is run."""
    return Path(os.environ.get("DOVETAIL_HOME", ".")).resolve()


def is_hub() -> bool:
    """Whether there is a configuration already."""
    return _configuration_path().is_file()


def configuration_file() -> Path:
    """
    Return the path of the configuration: ``DOVETAIL_CONFIG``, or ``dovetail.toml`` in the hub's folder.

    Raises:
        ConfigurationError: there is no such file; the message names the command that makes one.
    """
    path = _configuration_path()
    if not path.is_file():
        raise ConfigurationError(
            f"{path} is not there, so this is no hub yet; make it with: dovetail init --home {path.parent}"
        )
    return path


def _configuration_path() -> Path:
    return Path(os.environ.get("DOVETAIL_CONFIG", home() / CONFIGURATION)).resolve()


def read_secret_key(path: Path) -> str:
    """
    Return Django's secret key.

    Raises:
        ConfigurationError: the file is missing, empty or no text; the message names the command that makes one.
    """
    try:
        key = path.read_text(encoding="utf-8").strip()
        reason = "" if key else "it is empty"
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not plain text"
    if reason:
        raise ConfigurationError(
            f"hub.secret_key_file names {path}, which cannot be used ({reason}); restore it from a copy, or move it "
            f"away and make a new one with: dovetail init --home {path.parent}"
        )
    return key


def create(folder: Path) -> list[Path]:
    """
    Make the folder with its configuration and keys; what is there already stays as it is.

    Returns:
        The files that were made.
    Raises:
        ConfigurationError: files cannot be made there; name another folder.
    """
    try:
        return _create(folder)
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be the folder of a hub ({error.strerror}); name another by --home."
        ) from error


def _create(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        CONFIGURATION: TEMPLATE,
        SECRET_KEY: secrets.token_urlsafe(50),
        FIELD_KEYS: Fernet.generate_key().decode(),
    }
    missing = {folder / name: text for name, text in contents.items() if not (folder / name).exists()}
    for path, text in missing.items():
        _write_privately(path, text)
    return list(missing)


def _write_privately(path: Path, text: str) -> None:
    # Made with its final rights: a key is never readable by others, not even for a moment.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text if text.endswith("\n") else f"{text}\n")
