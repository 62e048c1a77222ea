"""Converters: how one value looks on the service and with us."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from dovetail.connector.unfit import Unfit

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Converter(Protocol):
    """Translates one value in both directions; None never reaches it."""

    def to_internal(self, value: Any) -> Any:
        """
        Return our form of a service's value.

        Raises:
            ValueError, TypeError: the value does not fit; its record is set aside. ``Unfit`` says why in a sentence.
        """

    def to_external(self, value: Any) -> Any:
        """Return the service's form of our value."""


@dataclass(frozen=True, kw_only=True)
class Cents:
    """An amount that the service counts in its smallest coin: 1250 is 12.50 with us."""

    places: int = 2
    """Decimal places of the currency: 2 for the euro, 0 for the yen."""

    def to_internal(self, value: Any) -> Decimal:
        """Return the amount; Unfit unless the value is a whole number."""
        if isinstance(value, bool) or not isinstance(value, int | str) or not _is_whole(value):
            raise Unfit.expected(_("a whole number of the smallest coin"), value)
        return Decimal(value).scaleb(-self.places)

    def to_external(self, value: Decimal) -> int:
        """Return the number of coins; Unfit when a part of one would be lost."""
        coins = value.scaleb(self.places)
        if coins != coins.to_integral_value():
            raise Unfit.expected(_("an amount with at most %d decimal places") % self.places, value)
        return int(coins)


@dataclass(frozen=True, kw_only=True)
class Timestamp:
    """A time that the service counts from 1970-01-01 UTC."""

    unit: timedelta = timedelta(seconds=1)
    """What one step is: a second, or ``timedelta(milliseconds=1)``."""

    def to_internal(self, value: Any) -> datetime:
        """Return the time, aware, in UTC; Unfit unless the value is a number within the years 1 to 9999."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit.expected(_("a number of seconds since 1970"), value)
        try:
            return EPOCH + value * self.unit
        except (OverflowError, ValueError):
            raise Unfit.expected(_("a time in the years 1 to 9999"), value) from None

    def to_external(self, value: datetime) -> int:
        """Return the number of whole steps."""
        return (value - EPOCH) // self.unit


def _is_whole(value: int | str) -> bool:
    return isinstance(value, int) or value.removeprefix("-").isdecimal()
