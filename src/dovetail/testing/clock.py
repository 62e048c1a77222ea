"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta

from dovetail.core.clock import use_clock

__all__ = ["FrozenClock", "use_clock"]


class FrozenClock:
    """
    Stands still until it is told otherwise; sleeping moves it without waiting.

    Use it as ``with use_clock(FrozenClock()) as clock:``.

    Args:
        at: The time of day, aware.
    """

    def __init__(self, at: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self._now = at.astimezone(UTC)
        self._monotonic = 1000.0
        self.sleeps: list[float] = []
        """Seconds of each sleep."""

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.advance(timedelta(seconds=seconds))

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
        self._monotonic += by.total_seconds()
