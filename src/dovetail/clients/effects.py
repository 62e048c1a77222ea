"""What a call asks of the world around it; a driver performs it and hands back the outcome."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

import httpx2

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Send:
    """Send a request and read the whole answer; the outcome is an Answer."""

    request: httpx2.Request
    timeout: float
    """Seconds from the first byte sent to the last byte read."""


@dataclass(frozen=True, kw_only=True)
class Sleep:
    """Wait; there is no outcome."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Load:
    """Read a key of the shared state; the outcome is its text, or None."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Store:
    """Write a key of the shared state; there is no outcome."""

    key: str
    value: str
    ttl: timedelta


Effect: TypeAlias = Send | Sleep | Load | Store
Steps: TypeAlias = Generator[Effect, Any, T]
