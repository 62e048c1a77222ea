"""Who may run which job until when: the rows that one worker holds."""

import json
import logging
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from dovetail.core import clock
from dovetail.jobs import sql
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import TaskResultStatus as Status

logger = logging.getLogger("dovetail.jobs")


class Leases:
    """
    The jobs that one worker holds.

    A lease is extended again and again while its worker lives; when the worker dies it runs out, and another worker
    may take the job. What a worker writes about a job that it no longer holds is ignored.

    Args:
        worker_id: The name of the worker.
        database: The alias of the database with the jobs.
        queues: The queues to serve; all if none is named.
        duration: How long a lease lasts without being extended.
    """

    def __init__(self, worker_id: str, *, database: str, queues: Collection[str], duration: timedelta) -> None:
        self._dialect = sql.dialect_of(connections[database].vendor)
        self.worker_id = worker_id
        self.database = database
        self.queues = queues
        self.duration = duration

    def any_due(self) -> bool:
        """Tell whether a job is due; it only reads, so looking keeps no writer waiting."""
        return self._served().filter(status=Status.READY, run_after__lte=clock.now()).exists()

    def any_abandoned(self) -> bool:
        """Tell whether a job is left of a worker that died."""
        return self._served().filter(status=Status.RUNNING, lease_until__lt=clock.now()).exists()

    def take(self, limit: int) -> list[Job]:
        """Lease jobs that are due, the most urgent first."""
        return self._lease(sql.DUE, limit=limit, crash=0)

    def take_abandoned(self) -> list[Job]:
        """
        Lease one job whose worker died, if there is one.

        One only: it may be what killed the worker, and it must not drag others along once more.
        """
        return self._lease(sql.ABANDONED, limit=1, crash=1)

    def extend(self, ids: Collection[uuid.UUID]) -> None:
        """Show that the worker lives: the leases of these jobs begin anew."""
        self._mine().filter(pk__in=ids).update(lease_until=clock.now() + self.duration)

    def settle(self, jobs: Sequence[Job]) -> None:
        """Write how jobs ended."""
        connection = connections[self.database]
        outcomes = json.dumps([self._outcome(job) for job in jobs])
        with connection.cursor() as cursor:
            cursor.execute(sql.settle(self._dialect), {"worker": self.worker_id, "outcomes": outcomes})
            late = len(jobs) - cursor.rowcount
        if late:
            logger.warning("worker %s held %d jobs too long; what it made of them is ignored", self.worker_id, late)

    def give_back(self, jobs: Sequence[Job], *, started: bool) -> None:
        """
        Let other workers have jobs that this one holds.

        Args:
            jobs: As they were leased.
            started: They were begun, so the attempt counts.
        """
        if not jobs:
            return
        with transaction.atomic(using=self.database):
            for job in jobs:
                undo = {} if started else {"attempts": job.attempts - 1, "worker_ids": job.worker_ids[:-1]}
                self._mine().filter(pk=job.pk, attempts=job.attempts).update(
                    status=Status.READY, lease_until=None, worker_id="", **undo
                )

    def _lease(self, which: str, *, limit: int, crash: int) -> list[Job]:
        statement, queue_names = sql.lease(self._dialect, which, self.queues)
        now = clock.now()
        parameters = {
            "now": self._moment(now),
            "lease_until": self._moment(now + self.duration),
            "worker": self.worker_id,
            "limit": limit,
            "crash": crash,
            **queue_names,
        }
        taken = list(Job.objects.db_manager(self.database).raw(statement, parameters))
        return sorted(taken, key=lambda job: (-job.priority, job.run_after, job.id))

    def _outcome(self, job: Job) -> dict[str, Any]:
        return {
            "id": job.id.hex,
            "attempts": job.attempts,
            "status": job.status,
            "run_after": self._text(job.run_after),
            "finished_at": self._text(job.finished_at),
            "return_value": job.return_value,
            "errors": job.errors,
        }

    def _text(self, moment: datetime | None) -> str | None:
        return None if moment is None else str(self._moment(moment))

    def _moment(self, moment: datetime) -> Any:
        return connections[self.database].ops.adapt_datetimefield_value(moment)

    def _jobs(self) -> QuerySet[Job]:
        return Job.objects.using(self.database)

    def _served(self) -> QuerySet[Job]:
        return self._jobs().filter(queue_name__in=self.queues) if self.queues else self._jobs()

    def _mine(self) -> QuerySet[Job]:
        return self._jobs().filter(status=Status.RUNNING, worker_id=self.worker_id)
