"""How long an answer asks us to wait."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dovetail.core import clock

_MILLISECONDS = ("retry-after-ms", "x-ms-retry-after-ms")
_RESET = ("x-ratelimit-reset", "ratelimit-reset")
_REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining")
_LONGEST = timedelta(days=7)
_EPOCH_BEGINS = 1_000_000_000  # a reset above this is a moment, below it is a number of seconds


def read_retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """
    Return the wait that an answer asks for, or None if it asks for none that can be read.

    Args:
        headers: Looked up without regard to case, as those of an answer are.
    Source: RFC 9110 section 10.2.3 (seconds and date); Azure and OpenAI send milliseconds; GitHub and Roundup name the
        moment, or the seconds, when the limit resets.
    """
    for read in (_from_milliseconds, _from_retry_after, _from_reset):
        wait = read(headers)
        if wait is not None:
            return max(min(wait, _LONGEST), timedelta(0))
    return None


def is_limit_used_up(headers: Mapping[str, str]) -> bool:
    """Tell whether the headers say that no further call is allowed for now."""
    return any(headers.get(name, "").strip() == "0" for name in _REMAINING)


def _from_milliseconds(headers: Mapping[str, str]) -> timedelta | None:
    values = (_number(headers.get(name)) for name in _MILLISECONDS)
    return next((_duration(value / 1000) for value in values if value is not None), None)


def _from_retry_after(headers: Mapping[str, str]) -> timedelta | None:
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None:
        return _duration(seconds)
    moment = _date(text)
    # The service's own clock says how far away its date is; ours may go wrong.
    return None if moment is None else moment - (_date(headers.get("date")) or clock.now())


def _from_reset(headers: Mapping[str, str]) -> timedelta | None:
    if not is_limit_used_up(headers):
        return None
    value = next((number for name in _RESET if (number := _number(headers.get(name))) is not None), None)
    if value is None:
        return None
    return _duration(value - clock.now().timestamp() if value > _EPOCH_BEGINS else value)


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _duration(seconds: float) -> timedelta:
    longest = _LONGEST.total_seconds()
    return timedelta(seconds=min(max(0.0, seconds), longest))  # in this order max() turns "nan" into 0


def _date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
