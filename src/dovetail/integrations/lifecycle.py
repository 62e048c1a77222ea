"""Whether one integration runs, and why it does not."""

import enum
import logging
from typing import Protocol

from dovetail.core import clock
from dovetail.integrations.hooks import Hook

logger = logging.getLogger(__name__)

FIRST_RETRY_SECONDS = 5
LAST_RETRY_SECONDS = 300


class Startable(Protocol):
    """What has a lifecycle."""

    def initialize(self) -> None: ...
    def shutdown(self) -> None: ...


class LifecycleState(enum.StrEnum):
    """The states of an integration in one process."""

    DISABLED = "disabled"
    ENABLED = "enabled"
    FAILED = "failed"


class Lifecycle:
    """
    Starts and stops one integration; no error of its code gets out.

    A failed start is tried again after 5 seconds, 10, 20 and so on up to 5 minutes.
    """

    def __init__(self, subject: Startable) -> None:
        self.subject = subject
        self.hooks: list[Hook] = []
        self.state = LifecycleState.DISABLED
        self.reason = ""
        self._failures = 0
        self._retry_at = 0.0

    @property
    def enabled(self) -> bool:
        return self.state is LifecycleState.ENABLED

    def is_settled(self, wanted: bool) -> bool:
        """Tell whether there is nothing to do to be enabled or disabled as wanted."""
        if not wanted:
            return self.state is LifecycleState.DISABLED
        return self.enabled or (self.state is LifecycleState.FAILED and clock.monotonic() < self._retry_at)

    def settle(self, wanted: bool) -> None:
        """Enable or disable as wanted; do nothing when it is so already."""
        if self.is_settled(wanted):
            return
        if wanted:
            self._enable()
        else:
            self._disable()

    def _enable(self) -> None:
        try:
            self.subject.initialize()
        except Exception as error:
            logger.exception("The integration %r could not start.", self.subject)
            self._fail(error)
        else:
            self.state, self.reason, self._failures = LifecycleState.ENABLED, "", 0

    def _fail(self, error: Exception) -> None:
        self._release_hooks()
        self.state, self.reason = LifecycleState.FAILED, str(error) or type(error).__name__
        self._retry_at = clock.monotonic() + min(FIRST_RETRY_SECONDS * 2**self._failures, LAST_RETRY_SECONDS)
        self._failures += 1

    def _disable(self) -> None:
        try:
            if self.enabled:
                self.subject.shutdown()
        except Exception:
            logger.exception("The integration %r could not stop in an orderly way.", self.subject)
        finally:
            self._release_hooks()
            self.state, self.reason, self._failures = LifecycleState.DISABLED, "", 0

    def _release_hooks(self) -> None:
        while self.hooks:
            hook = self.hooks.pop()
            try:
                hook.shutdown()
            except Exception:
                logger.exception("A hook of the integration %r could not be released.", self.subject)
