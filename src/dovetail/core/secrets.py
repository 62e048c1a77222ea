"""Secrets at rest: encrypted with keys that can be changed while everything runs.

The newest key encrypts. Each cipher text carries the id of its key, so a value says which key it lacks, and older keys
are kept only as long as a value needs them.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signals import setting_changed
from pydantic import Field, field_validator

from dovetail.core.errors import SecretUnreadable
from dovetail.core.redaction import mask
from dovetail.core.settings import SettingsView

__all__ = ["Key", "SecretsSettings", "decrypt", "encrypt", "is_current", "mask", "new_key", "rotate"]

KEY_BYTES = 32
KEY_ID_DIGITS = 8
NEW_KEY_COMMAND = "python -c 'from dovetail.core.secrets import new_key; print(new_key())'"


class SecretsSettings(SettingsView, prefix="secrets"):
    """The keys that encrypt secrets at rest."""

    keys: list[str] = Field(default=[], repr=False, description="Keys that encrypt stored secrets, the newest first.")
    key_file: Path | None = Field(None, description="A file with such keys, one a line, the newest first.")

    @field_validator("keys")
    @classmethod
    def _check_keys(cls, keys: list[str]) -> list[str]:
        for key in keys:
            check_key(key)
        return keys

    @field_validator("key_file")
    @classmethod
    def _check_key_file(cls, path: Path | None) -> Path | None:
        if path:
            read_key_file(path)
        return path


def check_key(text: str) -> None:
    """Make sure that a text is a key, or raise a ValueError that says how to make one."""
    try:
        Fernet(text)
    except ValueError:
        raise ValueError(f"it holds a text that is no key; make one with {NEW_KEY_COMMAND}") from None


def read_key_file(path: Path) -> list[str]:
    """Return the keys of a file, or raise a ValueError that says how to mend it."""
    try:
        keys = path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not plain text"
        raise ValueError(
            f"the file cannot be read ({reason}); restore it from a copy, or begin anew with {NEW_KEY_COMMAND} > {path}"
        ) from None
    if not keys:
        raise ValueError(f"the file is empty; restore it from a copy, or begin anew with {NEW_KEY_COMMAND} > {path}")
    for key in keys:
        check_key(key)
    return keys


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key."""

    id: str
    """Names the key in cipher texts; the key cannot be found from it."""
    fernet: Fernet
    """Encrypts and decrypts."""


def new_key() -> str:
    """Make a key for ``secrets.keys`` or a line of ``secrets.key_file``."""
    return Fernet.generate_key().decode()


def encrypt(text: str) -> str:
    """Encrypt a text with the newest key, as ``<key id>:<Fernet token>``."""
    newest = next(iter(_key_ring().values()))
    return f"{newest.id}:{newest.fernet.encrypt(text.encode()).decode()}"


def decrypt(cipher_text: str) -> str:
    """
    Decrypt what ``encrypt`` returned.

    Raises:
        SecretUnreadable: the key is not there any more, or the text is damaged; give the key back or connect again.
    """
    key_id, _, token = cipher_text.partition(":")
    key = _key_ring().get(key_id)
    if key is None:
        raise SecretUnreadable(f"A stored secret needs the key {key_id[:KEY_ID_DIGITS]}, which is not in secrets.keys.")
    try:
        return key.fernet.decrypt(token).decode()
    except InvalidToken:
        raise SecretUnreadable(f"A stored secret of the key {key_id} is damaged.") from None


def is_current(cipher_text: str) -> bool:
    """Tell whether a cipher text was made with the newest key."""
    return cipher_text.partition(":")[0] == next(iter(_key_ring()))


def rotate(cipher_text: str) -> str:
    """
    Encrypt again with the newest key; what has it already is returned as it is.

    Raises:
        SecretUnreadable: as in ``decrypt``.
    """
    return cipher_text if is_current(cipher_text) else encrypt(decrypt(cipher_text))


_ring_of: tuple[SecretsSettings, dict[str, Key]] | None = None


def _key_ring() -> dict[str, Key]:
    global _ring_of  # noqa: PLW0603 -- deriving keys takes time, so it is done once for the settings at hand
    current = SecretsSettings.current()
    if _ring_of is None or _ring_of[0] is not current:
        _ring_of = current, {key.id: key for key in _read_keys(current)}
    return _ring_of[1]


def _read_keys(current: SecretsSettings) -> Iterator[Key]:
    in_file = read_key_file(current.key_file) if current.key_file else []
    for text in (*current.keys, *in_file):
        yield Key(id=_key_id(text.encode()), fernet=Fernet(text))
    # Always kept for reading, so that the first key of one's own makes nothing unreadable.
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _derive_key(secret)


def _derive_key(secret: str | bytes) -> Key:
    material = secret.encode() if isinstance(secret, str) else secret
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"dovetail.core.secrets")
    key = base64.urlsafe_b64encode(derivation.derive(material))
    return Key(id=_key_id(key), fernet=Fernet(key))


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"dovetail key id:" + key).hexdigest()[:KEY_ID_DIGITS]


def _forget_keys(*, setting: str, **_: object) -> None:
    global _ring_of  # noqa: PLW0603 -- see _key_ring
    if setting in ("SECRET_KEY", "SECRET_KEY_FALLBACKS"):
        _ring_of = None


setting_changed.connect(_forget_keys, dispatch_uid="dovetail.core.secrets")
