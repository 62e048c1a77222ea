"""One call: all that its steps need to know."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2

from dovetail.clients.auth import Credentials
from dovetail.clients.hold import Hold
from dovetail.core.retry import RetryPolicy


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a service, from its first attempt to its last."""

    service: str
    """The service's name, for messages and the log."""
    operation: str
    """What is being done, without any value that may be secret: ``"GET /brews"``."""
    request: httpx2.Request = field(repr=False)
    """The request before any credentials are added."""
    home: httpx2.URL
    """The only address that may get the credentials."""
    auth: httpx2.Auth | None = field(repr=False)
    timeout: float
    """Seconds for each attempt."""
    retry: RetryPolicy
    is_repeatable: bool
    """Whether the service may get the request twice without harm."""
    hold: Hold
    random: Callable[[], float] = random.random

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown, should the service send it back to us."""
        return self.auth.secrets if isinstance(self.auth, Credentials) else ()

    def sentence(self, text: str) -> str:
        """Say what happened in this call, for a person to read."""
        return f"{self.service}, {self.operation}: {text}."
