"""``@job``."""

from datetime import timedelta

import pytest

from dovetail.core import clock
from dovetail.core.retry import RetryPolicy
from dovetail.jobs.job import JobTask, job
from dovetail.jobs.tasks import InvalidTask, Task
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
