"""Jobs a second, by one worker: ours beside an engine that claims and completes one job at a time."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.row import Row
from tests import needs
from tests.jobs.scratch import postgres_database

ROOT = Path(__file__).parent.parent
GOAL = 1500.0


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield compare("SQLite", f"sqlite://{folder}/jobs.sqlite3")
    if not needs.missing_postgres():
        with postgres_database() as address:
            yield compare("PostgreSQL", address)


def compare(name: str, address: str) -> Row:
    """Measure both engines in turn in a process of their own."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.jobs.project", "DOVETAIL_TEST_JOBS_DATABASE": address}
    command = [sys.executable, "-m", "benchmarks.jobs_engines"]
    printed = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True).stdout
    rounds = json.loads(printed)
    ours, peer = median(rounds["ours"]), median(rounds["peer"])
    return Row(
        name=f"jobs: no-op jobs by one worker on {name}",
        ours=ours,
        peer=peer,
        peer_name="claimed and completed one by one",
        unit="jobs/s",
        goal=f"at least {GOAL:,.0f} jobs/s",
        ratio=ours / peer,
        met=ours >= GOAL,
    )
