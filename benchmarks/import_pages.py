"""Records a second from a local server into the database, ours beside ``update_or_create`` for each record."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.row import Row
from tests import needs
from tests.jobs.scratch import postgres_database

ROOT = Path(__file__).parent.parent
RECORDS = 100_000
PAGE_SIZE = 1000

Figures = dict[str, list[float]]


def rows() -> Iterator[Row]:
    """Measure the import on each database that is there."""
    with server() as address:
        with tempfile.TemporaryDirectory() as folder:
            yield from compare("SQLite", measure(address, f"sqlite:///{folder}/import.sqlite3"), times=8)
        if not needs.missing_postgres():
            with postgres_database() as database:
                yield from compare("PostgreSQL", measure(address, database), times=20)


@contextmanager
def server() -> Iterator[str]:
    """Start the service and return its address."""
    command = [sys.executable, "-m", "benchmarks.import_server", str(RECORDS), str(PAGE_SIZE)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def measure(address: str, database: str) -> Figures:
    """Import and load in turn, in a process of their own."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.import_settings",
        "DOVETAIL_TEST_IMPORT_DATABASE": database,
    }
    command = [sys.executable, "-m", "benchmarks.import_rounds", address]
    printed = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True).stdout
    figures: Figures = json.loads(printed)
    return figures


def compare(database: str, figures: Figures, *, times: float) -> Iterator[Row]:
    """
    Set the figures beside the goals.

    Args:
        times: How often faster than the peer the import shall be.
    """
    first, again, peer = (median(figures[name]) for name in ("first", "again", "peer"))
    yield Row(
        name=f"import: {RECORDS:,} records end to end, with bindings, into {database}",
        ours=first,
        peer=peer,
        peer_name="update_or_create for each, no fetch, no bindings",
        unit="records/s",
        goal=f"at least {times:g}x",
        ratio=first / peer,
        met=first / peer >= times,
    )
    yield Row(
        name=f"import: the same again, nothing changed, {database}",
        ours=again,
        peer=first,
        peer_name="the first import",
        unit="records/s",
        goal="at least 2x",
        ratio=again / first,
        met=again / first >= 2,
    )
    yield at_most(12, f"import: statements a page of {PAGE_SIZE:,}, {database}", "statements", figures["statements"])
    yield at_most(100, f"import: memory that the process grew by, {database}", "MB", figures["growth"])


def at_most(limit: float, name: str, unit: str, measured: list[float]) -> Row:
    """Set the largest of some figures beside a limit."""
    worst = max(measured)
    return Row(
        name=name,
        ours=worst,
        peer=limit,
        peer_name="the limit",
        unit=unit,
        goal=f"at most {limit:g}",
        ratio=worst / limit,
        met=worst <= limit,
    )
