"""How long calls may take, all together: shared by every call, retry and page inside a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from dovetail.core import clock

_ends_at: ContextVar[float | None] = ContextVar("dovetail_deadline", default=None)


@contextmanager
def deadline(limit: timedelta | float) -> Iterator[None]:
    """
    Let every call in the block, with its retries and waits, end within the limit.

    Args:
        limit: A timedelta, or seconds. A block inside another can only make the time shorter.
    Raises:
        TimedOut: from the call that is under way, or asked for, when the time is over.
    """
    token = _ends_at.set(clock.monotonic() + within(to_seconds(limit)))
    try:
        yield
    finally:
        _ends_at.reset(token)


def within(seconds: float) -> float:
    """Shorten a time in seconds to what the deadline leaves; zero or less when the time is over."""
    ends_at = _ends_at.get()
    return seconds if ends_at is None else min(seconds, ends_at - clock.monotonic())


def to_seconds(limit: timedelta | float) -> float:
    """Convert a time limit to seconds."""
    return limit.total_seconds() if isinstance(limit, timedelta) else limit
