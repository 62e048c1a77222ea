"""One line for each call, without secrets."""

import logging

from dovetail.clients.call import Call
from dovetail.core import clock
from dovetail.core.errors import ExternalServiceError

logger = logging.getLogger("dovetail.clients")


class CallLog:
    """Counts the attempts of one call and writes its line at the end."""

    def __init__(self, call: Call) -> None:
        self.attempt = 0
        self._call = call
        self._began_at = clock.monotonic()

    def retry(self, error: ExternalServiceError, wait_seconds: float) -> None:
        """Note that the last attempt failed and another will follow."""
        logger.warning(
            "%s Attempt %d failed; the next follows in %.1f s.",
            error,
            self.attempt,
            wait_seconds,
            extra=self._facts(_outcome(error)),
        )

    def end(self, outcome: int | ExternalServiceError) -> None:
        """
        Write the line.

        Args:
            outcome: The answer's status, or the error that ended the call.
        """
        if logger.isEnabledFor(logging.INFO):
            facts = self._facts(_outcome(outcome))
            logger.info(
                "%s %s → %s attempt=%d %d ms",
                facts["service"],
                facts["operation"],
                facts["status"],
                facts["attempt"],
                facts["duration_ms"],
                extra=facts,
            )

    def _facts(self, status: int | str) -> dict[str, object]:
        return {
            "service": self._call.service,
            "operation": self._call.operation,
            "status": status,
            "attempt": self.attempt,
            "duration_ms": round((clock.monotonic() - self._began_at) * 1000),
            "scope": self._call.hold.scope,
        }


def _outcome(outcome: int | ExternalServiceError) -> int | str:
    if isinstance(outcome, int):
        return outcome
    return outcome.status or type(outcome).__name__
