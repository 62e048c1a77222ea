"""Model fields for secrets and for the ids of outside systems."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from dovetail.core.errors import ProgrammingMistake, SecretUnreadable
from dovetail.core.redaction import MASK
from dovetail.core.secrets import decrypt, encrypt

BINARY_COLLATIONS = {"postgresql": "C", "mysql": "utf8mb4_nopad_bin"}
"""SQLite compares bytes without being told."""


class ExternalIdField(models.TextField):  # type: ignore[type-arg] # a plain text field, only compared by its bytes
    """Text that names a record in an outside system, equal only when every byte is: ``Ab`` is not ``aB``."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        # MariaDB cannot have a unique key over a text without an end.
        return "varchar(255)" if connection.vendor == "mysql" else super().db_type(connection)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        parameters["collation"] = BINARY_COLLATIONS.get(connection.vendor)
        return parameters


class SecretText(str):
    """A text that does not show itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(MASK)


class SecretMapping(dict[str, Any]):
    """A dictionary that shows its keys but not its values."""

    def __repr__(self) -> str:
        return repr(dict.fromkeys(self, MASK))


@dataclass(frozen=True)
class Sealed:
    """A value as it lies in the database, still encrypted."""

    cipher_text: str


class _Opening(DeferredAttribute):
    """Decrypts when the attribute is read, so that a row whose key is lost can still be loaded, shown and removed."""

    field: "_EncryptedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.unseal(value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = conceal(value)


class _EncryptedField(models.TextField):  # type: ignore[type-arg] # Django's fields are not generic at run time
    descriptor_class = _Opening

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Never in a form made from the model: it would print the secret into the page.
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, list(args), kwargs

    def get_internal_type(self) -> str:
        return "TextField"

    def get_lookup(self, lookup_name: str) -> Any:
        # Encrypting twice gives two texts, so nothing but emptiness can be asked of the database.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return Sealed(value) if value else self.empty(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        return value if isinstance(value, Sealed) else super().pre_save(model_instance, add)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.cipher_text
        return value if value is None else self.seal(value).cipher_text

    def value_to_string(self, obj: models.Model) -> str:
        value = obj.__dict__.get(self.attname)
        return (value if isinstance(value, Sealed) else self.seal(value)).cipher_text

    def to_python(self, value: Any) -> Any:
        # A dump holds the cipher text; it is told from other text because only our keys could have made it.
        if isinstance(value, str) and ":" in value:
            try:
                return conceal(self.unseal(Sealed(value)))
            except SecretUnreadable:
                return value
        return value

    def seal(self, value: Any) -> Sealed:
        raise NotImplementedError

    def unseal(self, sealed: Sealed) -> Any:
        raise NotImplementedError

    def empty(self, stored: str | None) -> Any:
        raise NotImplementedError


class EncryptedTextField(_EncryptedField):
    """A text that lies encrypted in the database and does not show itself when it is printed."""

    def seal(self, value: Any) -> Sealed:
        return Sealed(encrypt(str(value)) if value else "")

    def unseal(self, sealed: Sealed) -> SecretText:
        return SecretText(decrypt(sealed.cipher_text))

    def empty(self, stored: str | None) -> str | None:
        return stored


class EncryptedJSONField(_EncryptedField):
    """
    A JSON object that lies encrypted in the database; printed, it shows its keys but not its values.

    Its texts do not show themselves either, when they are taken out.
    """

    def seal(self, value: Any) -> Sealed:
        if not isinstance(value, Mapping):
            raise ProgrammingMistake(f"{self.name} holds a JSON object, not a {type(value).__name__}.")
        return Sealed(encrypt(json.dumps(value, ensure_ascii=False)) if value else "")

    def unseal(self, sealed: Sealed) -> Any:
        return conceal(json.loads(decrypt(sealed.cipher_text)))

    def empty(self, stored: str | None) -> Any:
        return stored if stored is None else SecretMapping()


def conceal(value: Any) -> Any:
    """Wrap texts, lists and dictionaries so that they do not show themselves."""
    if isinstance(value, str):
        return SecretText(value)
    if isinstance(value, Mapping):
        return SecretMapping({name: conceal(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return [conceal(inner) for inner in value]
    return value
