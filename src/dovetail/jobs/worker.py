"""The worker: takes jobs from one database and runs them."""

import logging
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.util import Finalize

from django.db import DEFAULT_DB_ALIAS, connections

from dovetail.core import clock
from dovetail.core.errors import ProgrammingMistake
from dovetail.jobs import bell
from dovetail.jobs.attempt import attempt
from dovetail.jobs.crew import Crew
from dovetail.jobs.identity import new_worker_id
from dovetail.jobs.leases import Leases
from dovetail.jobs.models import Job
from dovetail.jobs.pace import Appetite, Pauses
from dovetail.jobs.settings import JobsSettings

logger = logging.getLogger("dovetail.jobs")

GATHER_SECONDS = 0.02
"""How long the end of a job may stay unwritten, so that several are written at once."""
EXIT_SECONDS = 5.0
"""How long the end of the process waits until the jobs are given back."""
RESCUE_SECONDS = 1.0
"""How often to look for jobs of workers that died."""


class Worker:
    """
    Runs the jobs of one database until it is told to stop.

    Several workers, in one process or on many machines, share the work. A worker outlives every error of a job and of
    the database. When it dies itself, its jobs go to others as soon as their leases run out.

    Args:
        database: The alias of the database with the jobs.
        threads: How many jobs to run side by side; the setting ``jobs.threads`` if not given.
        queues: The queues to serve; all if none is named.
    Raises:
        ConfigurationError: the engine does not run on this kind of database.
    """

    def __init__(
        self,
        database: str = DEFAULT_DB_ALIAS,
        threads: int | None = None,
        queues: Collection[str] | None = None,
    ) -> None:
        self.settings = JobsSettings.current()
        self.worker_id = new_worker_id()
        self.database = database
        lease = timedelta(seconds=self.settings.lease_seconds)
        self._leases = Leases(self.worker_id, database=database, queues=queues or (), duration=lease)
        self._heartbeat_seconds = min(self.settings.heartbeat_seconds, self.settings.lease_seconds / 3)
        self._patience = timedelta(seconds=self.settings.stop_seconds)
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._crew = Crew(
            threads or self.settings.threads,
            attempt=attempt,
            appetite=Appetite(self.settings.batch_size),
            on_rest=self._bell.set,
        )
        self._pauses = Pauses(self.settings.poll_min_seconds, self.settings.poll_max_seconds)
        self._troubles = Pauses(0.5, 30)
        self._held: dict[uuid.UUID, Job] = {}
        self._ended: list[Job] = []
        self._suspect: uuid.UUID | None = None
        self._found_nothing = False
        self._extend_at = self._rescue_at = clock.monotonic()

    def run(self) -> None:
        """Run jobs until ``stop()`` is called from another thread."""
        self._live(until=self._stopping.is_set)

    def run_until_idle(self) -> None:
        """
        Run jobs until none is due and none runs, or ``stop()`` is called.

        Raises:
            ProgrammingMistake: the caller is inside a transaction, whose rows other threads cannot see; run the jobs
                with ``dovetail.testing.jobs.run_jobs`` there.
        """
        if connections[self.database].in_atomic_block:
            raise ProgrammingMistake("A worker cannot see the rows of an open transaction; commit first.")
        self._live(until=lambda: self._is_idle() or self._stopping.is_set())

    def stop(self, *, patience: timedelta | None = None) -> None:
        """
        Have the worker finish what it has begun, give the rest back, and return from ``run()``.

        Args:
            patience: How long to wait for what was begun, which is then given back too: end the process soon after.
                The setting ``jobs.stop_seconds`` if not given.
        """
        if patience is not None:
            self._patience = patience
        self._stopping.set()
        self._bell.set()

    def wake(self) -> None:
        """Have the worker look for jobs now."""
        self._bell.set()

    def _live(self, *, until: Callable[[], bool]) -> None:
        self._found_nothing = False
        with bell.listening(self.database, self._bell):
            self._crew.start()
            while not until():
                with self._enduring():
                    self._settle()
                    self._extend()
                    self._give_back_what_waits()
                    self._rescue()
                    self._take()
                self._rest()
            self._leave()

    def _is_idle(self) -> bool:
        return self._found_nothing and not self._held

    def _settle(self) -> None:
        """Write how jobs ended; what could not be written is written at the next turn."""
        self._ended += self._crew.take_ended()
        if self._ended:
            self._leases.settle(self._ended)
            self._let_go(self._ended)
            self._ended = []

    def _extend(self) -> None:
        if clock.monotonic() >= self._extend_at:
            self._leases.extend(self._held)
            self._extend_at = clock.monotonic() + self._heartbeat_seconds

    def _give_back_what_waits(self) -> None:
        """Keep no job from other workers while all threads here are busy with long ones."""
        if self._crew.has_waiting() and self._crew.is_stuck():
            self._give_back(self._crew.take_waiting(), started=False)

    def _rescue(self) -> None:
        """Take over one job at a time from workers that died: it may be what they died of."""
        if self._suspect in self._held or self._crew.is_stuck() or clock.monotonic() < self._rescue_at:
            return
        rescued = self._leases.take_abandoned() if self._leases.any_abandoned() else []
        self._suspect = rescued[0].id if rescued else None
        self._rescue_at = clock.monotonic() + (0 if rescued else RESCUE_SECONDS)
        self._hold(rescued)

    def _take(self) -> None:
        room = self._crew.room()
        # Taking locks out other writers, so a worker without work only looks.
        if room and (not self._found_nothing or self._leases.any_due()):
            taken = self._leases.take(room)
            self._found_nothing = not taken
            self._hold(taken)

    def _rest(self) -> None:
        """Wait until a thread rests or a job is enqueued in this process, but not long: others enqueue too."""
        pause = GATHER_SECONDS if self._crew.has_waiting() else self._pauses.next()
        self._bell.wait(min(pause, self._heartbeat_seconds))
        self._bell.clear()

    def _leave(self) -> None:
        """Finish what was begun, as far as time allows, and give the rest back."""
        begin = clock.monotonic()
        with self._enduring():
            self._give_back(self._crew.take_waiting(), started=False)
        self._crew.dismiss()
        while self._held and clock.monotonic() < begin + self._patience.total_seconds():
            with self._enduring():
                self._settle()
                self._extend()
            self._rest()
        with self._enduring():
            self._give_back(list(self._held.values()), started=True)
        connections[self.database].close()

    def _hold(self, jobs: Sequence[Job]) -> None:
        if jobs:
            self._held.update((job.id, job) for job in jobs)
            self._crew.give(jobs)
            self._pauses.reset()

    def _give_back(self, jobs: Sequence[Job], *, started: bool) -> None:
        # Let go first: if this cannot be written, the leases run out by themselves.
        self._let_go(jobs)
        self._leases.give_back(jobs, started=started)

    def _let_go(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self._held.pop(job.id, None)

    @contextmanager
    def _enduring(self) -> Iterator[None]:
        """Outlive what goes wrong between jobs: say it in one line, connect anew, wait longer each time."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 -- a worker that dies takes every later job with it
            pause = self._troubles.next()
            logger.error("worker %s: %s; it tries again in %.1f s", self.worker_id, error, pause)
            connections[self.database].close()
            self._stopping.wait(pause)
        else:
            self._troubles.reset()


def start_worker_thread(database: str = DEFAULT_DB_ALIAS) -> Worker:
    """
    Run a worker inside this process, beside a web server.

    Returns:
        The running worker. Call its ``stop()`` when the server shuts down; a process that ends without that gives the
        jobs back unfinished, because Python lets no thread work on properly.
    """
    worker = Worker(database)
    thread = threading.Thread(target=worker.run, name="dovetail-worker", daemon=True)
    thread.start()
    # Not atexit: a web server's child process ends without it, and it comes after this in every other process.
    Finalize(None, _stop, args=(worker, thread), exitpriority=10)
    return worker


def _stop(worker: Worker, thread: threading.Thread) -> None:
    worker.stop(patience=timedelta(0))
    thread.join(EXIT_SECONDS)
