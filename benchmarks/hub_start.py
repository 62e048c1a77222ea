"""How long ``dovetail start`` takes to its first answer on a migrated database."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.row import Row
from tests.acceptance.hub import Hub

ROUNDS = 5
GOAL_SECONDS = 2.0


def rows() -> Iterator[Row]:
    seconds = statistics.median(measure())
    yield Row(
        name="resources: first answer of dovetail start",
        ours=seconds,
        peer=GOAL_SECONDS,
        peer_name="the goal",
        unit="s",
        goal=f"at most {GOAL_SECONDS} s",
        ratio=GOAL_SECONDS / seconds,
        met=seconds <= GOAL_SECONDS,
    )


def measure() -> Iterator[float]:
    """Start a hub several times and return how long each took to answer."""
    with tempfile.TemporaryDirectory() as folder:
        hub = Hub(Path(folder), "sqlite:///hub.sqlite3", {})
        hub.create()
        for _ in range(ROUNDS):
            begin = time.monotonic()
            hub.serve()
            yield time.monotonic() - begin
            hub.stop()
