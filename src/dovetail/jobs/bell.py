"""Wakes the workers of this process when there is something to do; those of others look by themselves."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

_listeners: defaultdict[str, set[threading.Event]] = defaultdict(set)


@contextmanager
def listening(database: str, event: threading.Event) -> Iterator[None]:
    """Have the event set at every ring for a database until the block ends."""
    _listeners[database].add(event)
    try:
        yield
    finally:
        _listeners[database].discard(event)


def is_heard(database: str) -> bool:
    """Tell whether a worker of this process listens."""
    return bool(_listeners[database])


def ring(database: str) -> None:
    """Wake the workers of this process."""
    for event in tuple(_listeners[database]):
        event.set()
