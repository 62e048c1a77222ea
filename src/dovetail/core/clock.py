"""The one place that reads the time, so that a test can set it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start; they never go back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


_clock: Clock = SystemClock()


def now() -> datetime:
    """Return the time of day, aware, in UTC."""
    return _clock.now()


def monotonic() -> float:
    """Return seconds from an arbitrary start; they never go back."""
    return _clock.monotonic()


def sleep(seconds: float) -> None:
    """Wait for so many seconds."""
    _clock.sleep(seconds)


@contextmanager
def use_clock(clock: Clock) -> Iterator[Clock]:
    """Let every room of this process read another clock until the block ends; a seam for tests."""
    global _clock  # noqa: PLW0603 -- this is the seam itself
    before, _clock = _clock, clock
    try:
        yield clock
    finally:
        _clock = before
