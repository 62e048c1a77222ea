"""Holding back: when a service asks one process to wait, all of them do."""

from datetime import timedelta

from dovetail.clients.deadline import within
from dovetail.clients.effects import Load, Sleep, Steps, Store
from dovetail.core import clock
from dovetail.core.errors import ExternalServiceError, RateLimited, ServiceUnavailable

LOOK_EVERY_SECONDS = 1.0


class Hold:
    """
    The wait that a service asked for, shared by all clients of one scope.

    Args:
        scope: Names the account. Without one nothing is shared.
    """

    def __init__(self, scope: str) -> None:
        self.scope = scope
        self._key = f"clients:hold:{scope}"
        self._look_at = 0.0

    def wait(self, service: str, operation: str, max_wait: timedelta) -> Steps[None]:
        """
        Wait as long as the service asked some process to.

        Raises:
            RateLimited: that is longer than `max_wait` or the deadline; come back after `retry_after`.
        """
        if not self.scope or clock.monotonic() < self._look_at:
            return
        until = yield Load(key=self._key)
        self._look_at = clock.monotonic() + LOOK_EVERY_SECONDS
        seconds = float(until) - clock.now().timestamp() if until else 0.0
        if seconds <= 0:
            return
        if seconds > within(max_wait.total_seconds()):
            raise RateLimited(
                f"{service}, {operation}: the service asked us to wait {seconds:.0f} s more.",
                service=service,
                operation=operation,
                retry_after=timedelta(seconds=seconds),
            )
        yield Sleep(seconds=seconds)

    def announce(self, error: ExternalServiceError) -> Steps[None]:
        """Tell every process of a wait that the service asks for."""
        asked = error.retry_after
        if not self.scope or not asked or not isinstance(error, RateLimited | ServiceUnavailable):
            return
        self._look_at = 0.0
        until = (clock.now() + asked).timestamp()
        yield Store(key=self._key, value=str(until), ttl=asked)
