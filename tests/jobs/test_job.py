"""``@job``."""

import uuid
from datetime import timedelta

import pytest

from dovetail.core import clock
from dovetail.core.retry import RetryPolicy
from dovetail.jobs.identity import new_job_id
from dovetail.jobs.job import JobTask, job
from dovetail.jobs.tasks import InvalidTask, Task, TaskResultDoesNotExist
from dovetail.testing.clock import FrozenClock
from tests.jobs import tasks


def test_a_job_is_a_django_task() -> None:
    assert isinstance(tasks.do_nothing, Task)
    assert tasks.do_nothing.max_attempts == 1


def test_attempts_replace_those_of_the_policy() -> None:
    policy = RetryPolicy(attempts=2, base_delay=timedelta(seconds=9))

    made = job(attempts=7, retry=policy)(tasks.do_nothing.func)

    assert (made.max_attempts, made.retry.base_delay) == (7, timedelta(seconds=9))
    assert job(retry=policy)(tasks.do_nothing.func).max_attempts == 2


def test_using_keeps_what_a_job_has_more_than_a_task() -> None:
    later = tasks.call_busy_service.using(priority=5, run_after=clock.now() + timedelta(hours=1))

    assert isinstance(later, JobTask)
    assert (later.priority, later.max_attempts) == (5, 3)


def test_a_queue_that_the_backend_does_not_know_is_refused(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend", "QUEUES": ["default"]}}

    with pytest.raises(InvalidTask):
        job(queue="unheard-of")(tasks.do_nothing.func)


def test_a_job_can_run_on_another_backend(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": f"{tasks_package()}.backends.immediate.ImmediateBackend"}}

    assert tasks.plain.enqueue().return_value == "plain"


def tasks_package() -> str:
    return Task.__module__.removesuffix(".base")


@pytest.mark.django_db
@pytest.mark.parametrize("unknown", ["no-uuid", "0198c1c2-0000-7000-8000-000000000000"])
def test_a_result_that_is_not_there_is_said_not_to_exist(unknown) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        tasks.do_nothing.get_result(unknown)


def test_ids_of_jobs_grow_with_time() -> None:
    with clock.use_clock(FrozenClock()) as frozen:
        ids = []
        for _ in range(5):
            ids.append(new_job_id())
            frozen.advance(timedelta(milliseconds=1))

    assert ids == sorted(ids)
    assert {(made.version, made.variant) for made in ids} == {(7, uuid.RFC_4122)}
