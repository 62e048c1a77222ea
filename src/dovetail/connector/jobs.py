"""What a worker does for a run: one turn after the other."""

from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from dovetail.connector.host import Host
from dovetail.connector.perform import perform
from dovetail.connector.run import Run
from dovetail.connector.settings import ConnectorSettings
from dovetail.connector.turn import Turn
from dovetail.core.retry import RetryPolicy
from dovetail.jobs.job import job

PERSISTENT = RetryPolicy(
    attempts=20,
    base_delay=timedelta(seconds=1),
    max_delay=timedelta(minutes=1),
    exceptions=(OperationalError, InterfaceError),
)
"""While the database is away a run cannot even note that it waits; then its job comes again and takes the same turn."""


@job(retry=PERSISTENT)
def import_stream(run_id: int, turn: int) -> None:
    """Work on a run until it is over, must wait, or other jobs shall have their turn."""
    perform(run_id, turn, host=Worker())


class Worker(Host):
    """Works on a run between other jobs."""

    def schedule(self, run: Run, at: datetime | None) -> None:
        enqueue(run, at)

    def ends_turn(self, turn: Turn) -> bool:
        return turn.lasted() > timedelta(seconds=ConnectorSettings.current().turn_seconds)


def enqueue(run: Run, at: datetime | None = None) -> None:
    """Let a worker take a run's present turn; call it in the transaction that gives the run this turn."""
    task = import_stream.using(run_after=at) if at else import_stream
    run.job_id = task.enqueue(run.pk, run.turn).id
    run.save(update_fields=["job_id"])
