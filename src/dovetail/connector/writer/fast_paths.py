"""The common kinds of field, decided without ceremony.

Each function here returns one that prepares the values of one field. That one answers for the values that services
usually send and leaves every other to ``own_way``, the field's own checks; it accepts only what those accept.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.validators import DecimalValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.prepared import Prepare, Prepared, is_storable, is_unicode, not_storable
from dovetail.connector.writer.rules import AnyField, check_validators, expectation
from dovetail.core.fields import ExternalIdField

CompileFast = Callable[[Any, BaseDatabaseWrapper, Prepare], Prepare]

LARGEST_INTEGER = 2**63 - 1


def text(field: AnyField, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take text; refuse objects and lists, which the field itself would store as Python prints them."""
    if not _has_only(field, MaxLengthValidator):
        return own_way
    longest = min([LARGEST_INTEGER, *_limits(field, MaxLengthValidator)])

    def prepare(value: Any) -> Prepared:
        if type(value) is str and len(value) <= longest and is_storable(value):
            return value
        if isinstance(value, dict | list):
            raise Unfit.expected(expectation(field), value)
        return own_way(value)

    return prepare


def whole_number(field: AnyField, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take whole numbers; refuse fractions, which the field itself would cut off."""
    if not _has_only(field, MinValueValidator, MaxValueValidator):
        return own_way
    lowest = max([-LARGEST_INTEGER - 1, *_limits(field, MinValueValidator)])
    highest = min([LARGEST_INTEGER, *_limits(field, MaxValueValidator)])

    def prepare(value: Any) -> Prepared:
        if type(value) is int and lowest <= value <= highest:
            return value
        if isinstance(value, float) and not value.is_integer():
            raise Unfit.expected(expectation(field), value)
        return own_way(value)

    return prepare


def boolean(_field: AnyField, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take true and false."""
    return lambda value: value if type(value) is bool else own_way(value)


def decimal(field: Any, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take numbers and their texts; refuse what would have to be rounded."""
    if any(type(validator) is not DecimalValidator for validator in field.validators):
        return own_way
    step = Decimal(1).scaleb(-field.decimal_places)
    exactly = Context(prec=field.max_digits, traps=[InvalidOperation, Inexact])

    def prepare(value: Any) -> Prepared:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            return own_way(value)
        try:
            # Through its text, because 12.34 as a float is a little more than 12.34.
            number = Decimal(str(value)).quantize(step, context=exactly)
        except DecimalException:
            raise Unfit.expected(expectation(field), value) from None
        if not number.is_finite():
            raise Unfit.expected(expectation(field), value)
        return f"{number:f}"

    return prepare


def moment(field: AnyField, connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take times with a zone; refuse others, whose zone the field itself would guess."""
    if not settings.USE_TZ or field.validators:
        return own_way
    stored = _aware_text if connection.features.supports_timezones else _naive_text_in(connection.timezone)

    def prepare(value: Any) -> Prepared:
        if value is None:
            return own_way(value)
        found = _parsed_moment(value)
        if found is None or found.tzinfo is None:
            raise Unfit.expected(expectation(field), value)
        try:
            return stored(found)
        except OverflowError:  # the zone moves it out of the years 1 to 9999
            raise Unfit.expected(expectation(field), value) from None

    return prepare


def day(field: AnyField, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take the texts of dates."""
    if field.validators:
        return own_way

    def prepare(value: Any) -> Prepared:
        try:
            return date.fromisoformat(value).isoformat()
        except (ValueError, TypeError):
            return own_way(value)

    return prepare


def json_value(field: Any, _connection: BaseDatabaseWrapper, own_way: Prepare) -> Prepare:
    """Take whatever JSON has, as text."""
    encoder = field.encoder or json.JSONEncoder
    encode = encoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode
    has_validators = bool(field.validators)

    def prepare(value: Any) -> Prepared:
        if value is None:
            return own_way(value)
        if has_validators:
            check_validators(field, value)
        try:
            encoded: str = encode(value)
        except (TypeError, ValueError, RecursionError) as error:
            raise Unfit.expected(expectation(field), value) from error
        if is_unicode(encoded) and not _escapes_nul(encoded):
            return encoded
        raise not_storable(value)

    return prepare


def _aware_text(found: datetime) -> str:
    return _in_zone(found, UTC).isoformat()


def _naive_text_in(zone: tzinfo | None) -> Callable[[datetime], str]:
    return lambda found: str(_in_zone(found, zone).replace(tzinfo=None))


def _in_zone(found: datetime, zone: tzinfo | None) -> datetime:
    return found if found.tzinfo is zone else found.astimezone(zone)


def _parsed_moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
    except TypeError:  # no text
        return value if isinstance(value, datetime) else None


def _escapes_nul(encoded: str) -> bool:
    """Whether a JSON text has an escaped NUL; a backslash before the backslash would make it plain text."""
    return "\\u0000" in encoded and "\\u0000" in encoded.replace("\\\\", "")


def _has_only(field: AnyField, *kinds: type[Any]) -> bool:
    """Whether a field's validators are only limits, of these kinds, that stand fast."""
    validators: list[Any] = field.validators
    return all(type(validator) in kinds and not callable(validator.limit_value) for validator in validators)


def _limits(field: AnyField, kind: type[Any]) -> list[int]:
    validators: list[Any] = field.validators
    return [validator.limit_value for validator in validators if type(validator) is kind]


FAST_PATHS: dict[type[AnyField], CompileFast] = {
    models.CharField: text,
    models.TextField: text,
    ExternalIdField: text,
    models.SmallIntegerField: whole_number,
    models.IntegerField: whole_number,
    models.BigIntegerField: whole_number,
    models.PositiveSmallIntegerField: whole_number,
    models.PositiveIntegerField: whole_number,
    models.PositiveBigIntegerField: whole_number,
    models.SmallAutoField: whole_number,
    models.AutoField: whole_number,
    models.BigAutoField: whole_number,
    models.BooleanField: boolean,
    models.DecimalField: decimal,
    models.DateTimeField: moment,
    models.DateField: day,
    models.JSONField: json_value,
}
"""By exact class."""
