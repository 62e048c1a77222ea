"""What an operator reads when a setting is wrong: one sentence with the key, the value's origin and the cure."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from pathlib import PurePath

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticUndefined

from dovetail.core.redaction import MASK, is_secret_name, redact_credentials
from dovetail.core.sources import Found

LONGEST_SHOWN_VALUE = 300  # a path is shown whole
STRANGER = "remove it, or install the app that reads it"


def wrong_value(key: str, found: Found, field: FieldInfo, *, error: ErrorDetails) -> str:
    """
    Say that a value does not fit, and why.

    A validator of ours raises ValueError with the cure behind the reason; for other errors a general cure is added.
    """
    is_secret = is_secret_setting(key, field)
    cure = "" if error["type"] == "value_error" else f"; {_general_cure(field, is_secret)}"
    reason = _plain(error["msg"])
    return f"The setting {key}, {shown(found.value, is_secret)} from {found.origin}, is wrong: {reason}{cure}."


def wrong_values(prefix: str, *, reason: str) -> str:
    """Say that settings do not fit together."""
    return f"The settings {prefix}.* do not fit together: {_plain(reason)}."


def missing_value(key: str, variable: str) -> str:
    """Say that a setting without a default is written nowhere."""
    return (
        f"The setting {key} is missing from the environment, settings.DOVETAIL and the settings file: "
        f"set the environment variable {variable} or write {key} in one of the other places."
    )


def unknown_key(key: str, origin: str, known: Collection[str]) -> str:
    """Say that nobody reads a setting, and which one was probably meant."""
    near = _nearest(key, known)
    cure = f"write {near} instead, or remove it" if near else STRANGER
    return f"The setting {key} from {origin} is unknown: {cure}."


def unknown_variable(variable: str, keys: Mapping[str, str]) -> str:
    """
    Say that nobody reads an environment variable, and which one was probably meant.

    Args:
        variable: Its name.
        keys: The keys of the known variables, by variable.
    """
    near = _nearest(variable, keys)
    cure = f"write {near} instead, for {keys[near]}, or remove it" if near else STRANGER
    return f"The setting in the environment variable {variable} is unknown: {cure}."


def shared_variable(variable: str, keys: Sequence[tuple[str, str]]) -> str:
    """
    Say that settings have one environment variable.

    Args:
        variable: The variable's name.
        keys: Each key with the module or plugin that declares it.
    """
    named = " and ".join(f"{key} (declared by {by})" for key, by in keys)
    return f"The settings {named} have the same environment variable {variable}: rename one of them."


def is_secret_setting(key: str, field: FieldInfo | None) -> bool:
    """Tell whether a setting's value must not be shown."""
    return (field is not None and field.repr is False) or is_secret_name(key.rpartition(".")[2])


def shown(value: object, is_secret: bool) -> str:
    """Show a value shortened, or masked when it is secret."""
    if is_secret:
        return MASK
    text = _written(value)
    return text if len(text) <= LONGEST_SHOWN_VALUE else f"{text[:LONGEST_SHOWN_VALUE]}…"


def _written(value: object) -> str:
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} seconds"
    return redact_credentials(repr(str(value) if isinstance(value, PurePath) else value))


def _general_cure(field: FieldInfo, is_secret: bool) -> str:
    default = field.get_default(call_default_factory=True, validated_data={})
    if default is PydanticUndefined:
        return "change it there"
    if is_secret or default is None:
        return "change it there, or remove it"
    return f"change it there, or remove it to use {_written(default)}"


def _nearest(name: str, known: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1)), "")


def _plain(reason: str) -> str:
    """Turn a validator's message into the middle of a sentence."""
    reason = reason.removeprefix("Value error, ").removeprefix("Assertion failed, ").rstrip(".")
    reason = reason.partition(" for <class ")[0]  # of no use to an operator
    return f"it {reason.removeprefix('Input ')}" if reason.startswith("Input ") else reason
