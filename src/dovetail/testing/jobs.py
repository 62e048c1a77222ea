"""Testing with jobs: run them now, and the contract that every tasks backend for Dovetail keeps."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, transaction

from dovetail.core import clock
from dovetail.jobs.attempt import attempt
from dovetail.jobs.identity import new_worker_id
from dovetail.jobs.leases import Leases
from dovetail.jobs.results import result_of, task_of
from dovetail.jobs.tasks import TaskResult, TaskResultStatus
from dovetail.testing import sample_jobs


def run_jobs(
    *, database: str = DEFAULT_DB_ALIAS, queues: Collection[str] | None = None, most: int = 1000
) -> "list[TaskResult[Any]]":
    """
    Run the jobs that are due, and those they enqueue, now and in this thread.

    It works inside a test's transaction, where a real worker could not see the jobs.

    Args:
        database: The alias of the database with the jobs.
        queues: The queues to serve; all if none is named.
        most: How many jobs may run.
    Returns:
        What became of each attempt, in the order in which they ran; a job that is to run again later is READY.
    Raises:
        AssertionError: ``most`` jobs ran and there are more: a job probably enqueues itself.
        ImportError: the code of a job is not installed; the job is FAILED.
    """
    leases = Leases(new_worker_id(), database=database, queues=queues or (), duration=timedelta(hours=1))
    results: list[TaskResult[Any]] = []
    while jobs := leases.take(1):
        assert len(results) < most, f"More than {most} jobs ran; does {jobs[0].task_path} enqueue itself?"
        attempt(jobs[0])
        leases.settle(jobs)
        results.append(result_of(jobs[0], task_of(jobs[0])))
    return results


@pytest.mark.django_db
class JobsContract:
    """
    What every tasks backend for Dovetail promises; subclass it in a test module, with ``TASKS`` naming the backend.

    A backend that is not our engine overrides ``run``.
    """

    def run(self) -> None:
        """Run what is due."""
        run_jobs()

    def test_a_job_gets_its_arguments_and_keeps_its_result(self) -> None:
        """Arguments and results are JSON."""
        result = sample_jobs.echo.enqueue("a", 1, key=[None, {"b": 2.5}])

        self.run()
        result.refresh()

        assert result.status == TaskResultStatus.SUCCESSFUL
        assert result.return_value == [["a", 1], {"key": [None, {"b": 2.5}]}]
        assert result.attempts == 1

    def test_a_job_that_waits_has_not_run(self) -> None:
        """Enqueueing only stores."""
        result = sample_jobs.echo.enqueue()

        result.refresh()

        assert result.status == TaskResultStatus.READY
        assert result.started_at is None

    def test_an_exception_fails_the_job_and_is_kept(self) -> None:
        """Its class and traceback are found with the job."""
        result = sample_jobs.refuse.enqueue("no milk")

        self.run()
        result.refresh()

        assert result.status == TaskResultStatus.FAILED
        assert result.errors[0].exception_class is ValueError
        assert "no milk" in result.errors[0].traceback

    def test_a_coroutine_function_can_be_a_job(self) -> None:
        """It runs to its end."""
        result = sample_jobs.double_later.enqueue(21)

        self.run()
        result.refresh()

        value: Any = result.return_value  # a type checker expects the coroutine itself
        assert value == 42

    def test_a_job_can_ask_for_its_context(self) -> None:
        """It learns which attempt it is."""
        result = sample_jobs.tell_attempt.enqueue()

        self.run()
        result.refresh()

        assert result.return_value == [result.id, 1]

    def test_a_deferred_job_waits(self) -> None:
        """It is not run before its time."""
        result = sample_jobs.echo.using(run_after=clock.now() + timedelta(hours=1)).enqueue()

        self.run()
        result.refresh()

        assert result.status == TaskResultStatus.READY

    def test_a_higher_priority_runs_first(self) -> None:
        """Whatever was enqueued before."""
        sample_jobs.ran.clear()
        for priority in (0, 100, -100, 50):
            sample_jobs.note.using(priority=priority).enqueue(priority)

        self.run()

        assert sample_jobs.ran == [100, 50, 0, -100]

    def test_a_job_enqueued_in_a_rolled_back_transaction_never_was(self) -> None:
        """It belongs to the transaction of the code that enqueues it."""
        sample_jobs.ran.clear()
        with transaction.atomic():
            sample_jobs.note.enqueue("kept")
            with transaction.atomic():
                sample_jobs.note.enqueue("rolled back")
                transaction.set_rollback(True)

        self.run()

        assert sample_jobs.ran == ["kept"]
