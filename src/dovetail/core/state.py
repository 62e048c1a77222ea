"""Small values that every process must see: a service's request to wait, who does what just now."""

import threading
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from django.apps import apps
from django.utils.module_loading import import_string
from pydantic import Field

from dovetail.core import clock
from dovetail.core.errors import ConfigurationError
from dovetail.core.settings import SettingsView

ALIASES = {"database": "dovetail.core.database_state.DatabaseState", "memory": "dovetail.core.state.MemoryState"}


class StateSettings(SettingsView, prefix="state"):
    """Where the processes share small values."""

    backend: str = Field("database", description="`database`, `memory` (one process only), or the path of a class.")


class SharedState(Protocol):
    """
    Keeps texts by key until their time is over.

    Args of every method:
        key: At most 255 characters.
        value: Any text.
        ttl: How long the value is kept; None keeps it until it is deleted.
    """

    def get(self, key: str) -> str | None:
        """Return the value, or None when there is none or its time is over."""

    def set(self, key: str, value: str, ttl: timedelta | None) -> None:
        """Store a value, whatever was there."""

    def add(self, key: str, value: str, ttl: timedelta | None) -> bool:
        """Store a value only if there is none, and tell whether it was stored; of several at once just one wins."""

    def compare_and_set(self, key: str, expected: str | None, value: str, ttl: timedelta | None) -> bool:
        """Store a value only if the present one is as expected (None: there is none), and tell whether it was."""

    def delete(self, key: str) -> None:
        """Forget a value; it is no error if there is none."""


class MemoryState:
    """Shared by the threads of one process, gone with it."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, datetime | None]] = {}
        self._lock = threading.RLock()

    def get(self, key: str) -> str | None:
        value, end = self._values.get(key, (None, None))
        return None if end is not None and end <= clock.now() else value

    def set(self, key: str, value: str, ttl: timedelta | None) -> None:
        with self._lock:
            self._values[key] = value, end_of(ttl)

    def add(self, key: str, value: str, ttl: timedelta | None) -> bool:
        return self.compare_and_set(key, None, value, ttl)

    def compare_and_set(self, key: str, expected: str | None, value: str, ttl: timedelta | None) -> bool:
        with self._lock:
            if self.get(key) != expected:
                return False
            self.set(key, value, ttl)
            return True

    def delete(self, key: str) -> None:
        with self._lock:
            self._values.pop(key, None)


def shared_state() -> SharedState:
    """
    Return the store that the setting ``state.backend`` names; the memory of this process where Django is not set up.

    Raises:
        ConfigurationError: the setting names nothing that can be imported.
    """
    if not apps.ready or not apps.is_installed("dovetail.core"):
        return _open(ALIASES["memory"])
    backend = StateSettings.current().backend
    return _open(ALIASES.get(backend, backend))


@cache
def _open(path: str) -> SharedState:
    try:
        state: SharedState = import_string(path)()
    except ImportError as error:
        raise ConfigurationError(
            f"The setting state.backend names {path}, which cannot be imported ({error}): "
            f"write one of {', '.join(ALIASES)} or the path of a class."
        ) from error
    return state


def end_of(ttl: timedelta | None) -> datetime | None:
    """Return when a value stored now is over; None is never."""
    return None if ttl is None else clock.now() + ttl
