"""Who may run which job."""

from datetime import timedelta
from uuid import UUID

import pytest

from dovetail.core import clock
from dovetail.jobs.attempt import attempt
from dovetail.jobs.leases import Leases
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import TaskResultStatus
from dovetail.testing.clock import FrozenClock
from tests.jobs import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen():
    with clock.use_clock(FrozenClock()) as frozen:
        yield frozen


def leases_of(worker_id: str, queues=()) -> Leases:
    return Leases(worker_id, database="default", queues=queues, duration=timedelta(seconds=30))


@pytest.fixture
def first() -> Leases:
    return leases_of("first")


@pytest.fixture
def second() -> Leases:
    return leases_of("second")


def enqueue(count: int) -> list[UUID]:
    return [UUID(tasks.do_nothing.enqueue().id) for _ in range(count)]


def test_a_leased_job_is_not_leased_again_while_the_lease_holds(first, second, frozen) -> None:
    enqueue(3)

    taken = first.take(2)
    frozen.advance(timedelta(seconds=30))

    assert [len(taken), len(second.take(5)), len(second.take_abandoned())] == [2, 1, 0]


def test_a_killed_worker_s_job_is_leased_again(first, second, frozen) -> None:
    [job_id] = enqueue(1)
    first.take(1)

    frozen.advance(timedelta(seconds=31))
    [job] = second.take_abandoned()

    assert (job.id, job.attempts, job.crashes, job.worker_ids) == (job_id, 2, 1, ["first", "second"])


def test_a_heartbeat_keeps_the_lease(first, second, frozen) -> None:
    ids = enqueue(1)
    first.take(1)

    frozen.advance(timedelta(seconds=20))
    first.extend(ids)
    frozen.advance(timedelta(seconds=20))

    assert not second.any_abandoned()
    assert second.take_abandoned() == []


def test_a_heartbeat_extends_only_what_the_worker_knows_to_hold(first, second, frozen) -> None:
    known, unknown = enqueue(2)
    first.take(2)

    frozen.advance(timedelta(seconds=20))
    first.extend([known])
    frozen.advance(timedelta(seconds=20))

    assert [job.id for job in second.take_abandoned()] == [unknown]


def test_what_a_worker_writes_after_it_lost_the_lease_is_ignored(first, second, frozen, caplog) -> None:
    enqueue(1)
    [job] = first.take(1)
    frozen.advance(timedelta(seconds=31))
    second.take_abandoned()

    attempt(job)
    first.settle([job])

    assert Job.objects.get().status == TaskResultStatus.RUNNING
    assert "held 1 jobs too long" in caplog.text


def test_a_job_that_was_lost_with_three_workers_fails_without_another_run(first, frozen) -> None:
    enqueue(1)
    first.take(1)
    for _ in range(3):
        frozen.advance(timedelta(seconds=31))
        [job] = first.take_abandoned()

    attempt(job)
    first.settle([job])

    failed = Job.objects.get()
    assert (failed.status, failed.crashes) == (TaskResultStatus.FAILED, 3)
    assert failed.errors[0]["exception_class_path"] == "dovetail.jobs.errors.WorkerDied"


def test_one_abandoned_job_is_taken_at_a_time(first, second, frozen) -> None:
    enqueue(3)
    first.take(3)
    frozen.advance(timedelta(seconds=31))

    assert [len(second.take_abandoned()) for _ in range(4)] == [1, 1, 1, 0]


def test_a_job_given_back_before_it_began_did_not_lose_an_attempt(first) -> None:
    enqueue(1)

    first.give_back(first.take(1), started=False)
    [job] = first.take(1)

    assert (job.attempts, job.worker_ids, job.crashes) == (1, ["first"], 0)


def test_a_job_given_back_after_it_began_keeps_the_attempt(first, second) -> None:
    enqueue(1)

    first.give_back(first.take(1), started=True)
    [job] = second.take(1)

    assert (job.attempts, job.worker_ids) == (2, ["first", "second"])


def test_jobs_are_taken_by_priority_then_by_age(first, frozen) -> None:
    ids = []
    for priority in (0, 10, 0, 10):
        ids.append(UUID(tasks.do_nothing.using(priority=priority).enqueue().id))
        frozen.advance(timedelta(milliseconds=1))

    assert [job.id for job in first.take(4)] == [ids[1], ids[3], ids[0], ids[2]]


def test_a_worker_takes_from_its_queues_only(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend", "QUEUES": []}}
    for queue in ("slow", "fast", "default"):
        tasks.do_nothing.using(queue_name=queue).enqueue()

    taken = leases_of("picky", queues=["fast", "default"]).take(10)

    assert sorted(job.queue_name for job in taken) == ["default", "fast"]
    assert [job.queue_name for job in leases_of("any").take(10)] == ["slow"]


def test_many_jobs_are_taken_and_settled_in_one_statement_each(first, django_assert_num_queries) -> None:
    enqueue(40)

    with django_assert_num_queries(1):
        jobs = first.take(100)
    for job in jobs:
        attempt(job)
    with django_assert_num_queries(1):
        first.settle(jobs)

    assert Job.objects.filter(status=TaskResultStatus.SUCCESSFUL, lease_until=None).count() == 40
