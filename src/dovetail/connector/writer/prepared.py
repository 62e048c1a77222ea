"""Values in the form in which a page carries them to the database: as JSON has them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dovetail.connector.unfit import Unfit

Prepared = str | int | float | bool | None
Prepare = Callable[[Any], Prepared]
"""Checks a value and prepares it; raises Unfit."""


def as_prepared(value: Any) -> Prepared:
    """
    Return what a field would hand to the database driver in the form in which a page carries it.

    Raises:
        Unfit: no database can hold the value.
        TypeError: JSON cannot carry the value.
    """
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return _checked_text(value)
    if isinstance(value, float):
        return _checked_float(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return f"{value // timedelta(microseconds=1)} microseconds"
    raise TypeError(f"JSON cannot carry a {type(value).__name__}.")


def is_storable(text: str) -> bool:
    """Whether every database can hold a text: PostgreSQL knows no NUL, and none of them half of a surrogate pair."""
    return "\0" not in text and is_unicode(text)


def is_unicode(text: str) -> bool:
    """Whether a text has no half of a surrogate pair."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def not_storable(value: Any) -> Unfit:
    """Return the error for a text that is not storable."""
    return Unfit.expected(_("text without NUL and without half characters"), value)


def _checked_text(text: str) -> str:
    if not is_storable(text):
        raise not_storable(text)
    return text


def _checked_float(number: float) -> float:
    if not isfinite(number):
        raise Unfit.expected(_("a finite number"), number)
    return number
