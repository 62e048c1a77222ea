"""A worker in threads of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from dovetail.core import clock
from dovetail.core.errors import ProgrammingMistake
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import TaskResultStatus
from dovetail.jobs.worker import Worker, start_worker_thread
from tests.jobs import tasks

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 10


@contextmanager
def running(worker: Worker) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        worker.stop()
        tasks.gate.set()
        thread.join(PATIENCE_SECONDS)


@pytest.fixture(autouse=True)
def _closed_gate() -> Iterator[None]:
    tasks.gate.clear()
    while tasks.begun.acquire(blocking=False):
        pass
    yield
    tasks.gate.set()


def wait_until(condition) -> None:
    deadline = clock.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert clock.monotonic() < deadline, "It did not happen."
        clock.sleep(0.01)


def statuses() -> list[str]:
    return sorted(Job.objects.values_list("status", flat=True))


def test_a_worker_runs_everything_that_is_due_and_then_is_idle() -> None:
    for _ in range(120):
        tasks.do_nothing.enqueue()
    tasks.make_mistake.enqueue()
    tasks.do_nothing.using(run_after=clock.now() + timedelta(hours=1)).enqueue()

    Worker().run_until_idle()

    assert statuses() == ["FAILED", "READY", *["SUCCESSFUL"] * 120]
    assert set(Job.objects.exclude(status="READY").values_list("attempts", flat=True)) == {1}


def test_a_job_enqueued_in_this_process_wakes_the_worker(settings) -> None:
    settings.DOVETAIL = {"jobs.poll_min_seconds": 60, "jobs.poll_max_seconds": 60, "jobs.heartbeat_seconds": 60}
    settings.DOVETAIL["jobs.lease_seconds"] = 600
    with running(Worker()):
        clock.sleep(0.2)
        with transaction.atomic():
            result = tasks.plain.enqueue()
        wait_until(lambda: Job.objects.filter(pk=result.id, status=TaskResultStatus.SUCCESSFUL).exists())


def test_a_worker_that_stops_lets_its_jobs_finish_and_gives_the_others_back() -> None:
    for _ in range(4):
        tasks.wait_at_gate.enqueue()
    worker = Worker(threads=1)
    with running(worker) as thread:
        assert tasks.begun.acquire(timeout=PATIENCE_SECONDS)
        worker.stop()
        wait_until(lambda: statuses() == ["READY", "READY", "READY", "RUNNING"])
        tasks.gate.set()
        thread.join(PATIENCE_SECONDS)

    assert statuses() == ["READY", "READY", "READY", "SUCCESSFUL"]
    assert sum(Job.objects.values_list("attempts", flat=True)) == 1


def test_a_job_that_does_not_finish_in_time_is_given_back(settings) -> None:
    settings.DOVETAIL = {"jobs.stop_seconds": 0}
    tasks.wait_at_gate.enqueue()
    worker = Worker()
    with running(worker) as thread:
        assert tasks.begun.acquire(timeout=PATIENCE_SECONDS)
        worker.stop()
        thread.join(PATIENCE_SECONDS)

    job = Job.objects.get()
    assert (job.status, job.attempts, job.lease_until) == (TaskResultStatus.READY, 1, None)


def test_long_jobs_keep_no_other_job_from_other_workers() -> None:
    for _ in range(5):
        tasks.wait_at_gate.enqueue()
    with running(Worker(threads=2)):
        for _ in range(2):
            assert tasks.begun.acquire(timeout=PATIENCE_SECONDS)
        wait_until(lambda: statuses() == ["READY"] * 3 + ["RUNNING"] * 2)
        tasks.gate.set()
        wait_until(lambda: statuses() == ["SUCCESSFUL"] * 5)


def test_a_worker_outlives_a_database_that_is_away(caplog) -> None:
    with connection.schema_editor() as editor:
        editor.alter_db_table(Job, "dovetail_jobs_job", "dovetail_jobs_away")
    try:
        worker = Worker()
        with running(worker) as thread:
            wait_until(lambda: "it tries again" in caplog.text)
            with connection.schema_editor() as editor:
                editor.alter_db_table(Job, "dovetail_jobs_away", "dovetail_jobs_job")
            result = tasks.plain.enqueue()
            wait_until(lambda: Job.objects.filter(pk=result.id, status=TaskResultStatus.SUCCESSFUL).exists())
            assert thread.is_alive()
    finally:
        if "dovetail_jobs_away" in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.alter_db_table(Job, "dovetail_jobs_away", "dovetail_jobs_job")


def test_a_worker_inside_a_transaction_says_that_it_can_see_nothing() -> None:
    with transaction.atomic(), pytest.raises(ProgrammingMistake):
        Worker().run_until_idle()


def test_a_worker_beside_a_web_server_runs_jobs_until_it_is_stopped() -> None:
    worker = start_worker_thread()
    try:
        result = tasks.plain.enqueue()
        wait_until(lambda: Job.objects.filter(pk=result.id, status=TaskResultStatus.SUCCESSFUL).exists())
    finally:
        worker.stop()
        wait_until(lambda: "dovetail-worker" not in {thread.name for thread in threading.enumerate()})


def test_a_job_longer_than_its_lease_runs_once_because_the_worker_extends_it(settings) -> None:
    settings.DOVETAIL = {"jobs.lease_seconds": 0.6, "jobs.heartbeat_seconds": 0.1}
    tasks.wait_at_gate.enqueue()
    with running(Worker()), running(Worker()):
        assert tasks.begun.acquire(timeout=PATIENCE_SECONDS)
        assert not tasks.begun.acquire(timeout=1.5)
        tasks.gate.set()
        wait_until(lambda: statuses() == ["SUCCESSFUL"])

    assert Job.objects.get().attempts == 1
