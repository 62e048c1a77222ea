"""The threads of a worker: they run what they are given and touch no row of a job."""

import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue

from django.db import Error, close_old_connections, connections

from dovetail.core import clock
from dovetail.jobs.models import Job
from dovetail.jobs.pace import Appetite
from dovetail.jobs.tasks import TaskResultStatus as Status

logger = logging.getLogger("dovetail.jobs")

BUSY_SECONDS = 0.5
"""A thread whose job already runs so long does not come to the next one soon."""


class Crew:
    """
    Runs jobs in a few threads.

    Args:
        size: How many jobs run side by side.
        attempt: Runs one job and sets on it how that ended; it does not raise.
        appetite: How many jobs to have at hand.
        on_rest: Called by a thread that has ended a job and finds no other.
    """

    def __init__(
        self, size: int, *, attempt: Callable[[Job], None], appetite: Appetite, on_rest: Callable[[], None]
    ) -> None:
        self._size = size
        self._attempt = attempt
        self._appetite = appetite
        self._on_rest = on_rest
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._started: dict[uuid.UUID, float] = {}
        self._ended: deque[tuple[Job, float]] = deque()

    def start(self) -> None:
        """Start the threads; they are daemons, so that a job that hangs does not hold the process up."""
        for number in range(self._size):
            threading.Thread(target=self._work, name=f"dovetail-jobs-{number}", daemon=True).start()

    def give(self, jobs: Iterable[Job]) -> None:
        """Have jobs run, in this order."""
        for job in jobs:
            self._waiting.put(job)

    def take_ended(self) -> list[Job]:
        """Return the jobs that ended since the last call."""
        ended = [self._ended.popleft() for _ in range(len(self._ended))]
        for _job, seconds in ended:
            self._appetite.learn(seconds)
        return [job for job, _seconds in ended]

    def take_waiting(self) -> list[Job]:
        """Return the jobs that nobody has begun; they will not run here."""
        waiting = []
        while (job := self._next_waiting()) is not None:
            waiting.append(job)
        return waiting

    def has_waiting(self) -> bool:
        """Tell whether a job has not been begun."""
        return not self._waiting.empty()

    def room(self) -> int:
        """Return how many more jobs to lease; none while every thread is busy with a long one."""
        return max(0, self._appetite.size(self._free_threads()) - self._waiting.qsize())

    def is_stuck(self) -> bool:
        """Tell whether every thread is busy with a long job."""
        return not self._free_threads()

    def dismiss(self) -> None:
        """Let each thread end after its job."""
        for _ in range(self._size):
            self._waiting.put(None)

    def _work(self) -> None:
        for job in iter(self._waiting.get, None):
            begun = self._started[job.id] = clock.monotonic()
            self._run(job)
            del self._started[job.id]
            if _is_reliable(job):
                self._ended.append((job, clock.monotonic() - begun))
            if self._waiting.empty():
                self._on_rest()
        connections.close_all()

    def _run(self, job: Job) -> None:
        _close_old_connections()
        try:
            self._attempt(job)
        except BaseException:  # a thread that dies would keep its job for ever
            logger.exception("job %s %s: its end could not be told", job.task_path, job.id)
        _close_old_connections()

    def _free_threads(self) -> int:
        long_ago = clock.monotonic() - BUSY_SECONDS
        return self._size - sum(begun < long_ago for begun in list(self._started.values()))

    def _next_waiting(self) -> Job | None:
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None


def _is_reliable(job: Job) -> bool:
    """Doubt a failure while the interpreter shuts down: it refuses threads then, and the job may fail of that."""
    return job.status != Status.FAILED or threading.main_thread().is_alive()


def _close_old_connections() -> None:
    try:
        close_old_connections()
    except Error as error:  # a connection that broke cannot always be closed either
        logger.warning("an old database connection: %s", error)
