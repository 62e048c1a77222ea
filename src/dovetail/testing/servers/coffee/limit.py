"""The rate limit of the coffee machine."""

from dataclasses import dataclass, field

from dovetail.core import clock

WINDOW_SECONDS = 60.0


@dataclass(kw_only=True)
class RateLimit:
    """So many calls of one user within a minute, counted from the first of them."""

    calls_per_minute: int
    """0 means as many as one likes."""
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict)

    def seconds_to_wait(self, username: str) -> float:
        """Count a call; return 0 when it is within the limit, else how long to wait."""
        now = clock.monotonic()
        started, calls = self._windows.get(username, (now, 0))
        if now - started >= WINDOW_SECONDS:
            started, calls = now, 0
        self._windows[username] = (started, calls + 1)
        within = not self.calls_per_minute or calls < self.calls_per_minute
        return 0 if within else started + WINDOW_SECONDS - now
