"""Worker processes on a database of their own, for tests that kill them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from dovetail.core import clock
from dovetail.jobs.engine import EngineBackend
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import Task
from tests.jobs.project import database_settings

ROOT = Path(__file__).parent.parent.parent
ALIAS = "processes"
LEASE_SECONDS = 1.0
PATIENCE_SECONDS = 30


class Workers:
    """
    Worker processes that share a database with the test.

    Args:
        database: An address: ``sqlite:///…`` or ``postgresql://…``.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._processes: list[subprocess.Popen[str]] = []

    def enqueue(self, task: "Task[..., Any]", *args: Any) -> None:
        """Enqueue a job for them."""
        EngineBackend("default", {"QUEUES": [], "OPTIONS": {"database": ALIAS}}).enqueue(task, args, {})

    def jobs(self) -> list[Job]:
        """Return the jobs as they stand, the oldest first."""
        return list(Job.objects.using(ALIAS).order_by("enqueued_at"))

    def statuses(self) -> set[str]:
        """Return the states that occur."""
        return {job.status for job in self.jobs()}

    def start(self) -> subprocess.Popen[str]:
        """Start ``manage.py dovetail worker``."""
        command = [sys.executable, "-m", "django", "dovetail", "worker"]
        process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=subprocess.PIPE, text=True)
        self._processes.append(process)
        return process

    def run_beside(self, code: str) -> None:
        """Run Python code in a process that has a worker thread, and let it end."""
        setup = (
            "import os, time, django; django.setup(); from dovetail.jobs import worker; worker.start_worker_thread()"
        )
        command = [sys.executable, "-c", f"{setup}\n{code}"]
        subprocess.run(command, cwd=ROOT, env=self._env, check=True, timeout=PATIENCE_SECONDS)

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until a condition holds."""
        deadline = clock.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert clock.monotonic() < deadline, f"{what} did not happen."
            clock.sleep(0.02)

    def kill_all(self) -> None:
        """Let no worker outlive the test."""
        for process in self._processes:
            process.kill()
            process.communicate()

    @property
    def _env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.project",
            "DOVETAIL_TEST_JOBS_DATABASE": self._database,
            "DOVETAIL_JOBS_LEASE_SECONDS": str(LEASE_SECONDS),
            "DOVETAIL_JOBS_HEARTBEAT_SECONDS": "0.3",
        }


@contextmanager
def jobs_database(address: str) -> Iterator[str]:
    """Give Django one more database, with the table of jobs."""
    connections.databases[ALIAS] = database_settings(address)
    connections.configure_settings(connections.databases)
    try:
        call_command("migrate", "dovetail_jobs", database=ALIAS, verbosity=0)
        yield address
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
