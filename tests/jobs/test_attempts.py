"""What becomes of a job that fails."""

from datetime import timedelta

import pytest

from dovetail.core import clock
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import InvalidTask, TaskResultStatus, task_finished, task_started
from dovetail.testing.clock import FrozenClock
from dovetail.testing.jobs import run_jobs
from tests.jobs import tasks

pytestmark = pytest.mark.django_db


def test_a_transient_error_lets_the_job_run_again_until_its_attempts_are_used_up() -> None:
    with clock.use_clock(FrozenClock()) as frozen:
        result = tasks.call_busy_service.enqueue()
        statuses = []
        for _ in range(3):
            statuses += [attempt.status for attempt in run_jobs()]
            frozen.advance(timedelta(minutes=1))

    result.refresh()
    assert statuses == [TaskResultStatus.READY, TaskResultStatus.READY, TaskResultStatus.FAILED]
    assert result.attempts == 3
    assert [error.exception_class_path for error in result.errors] == ["dovetail.core.errors.ServiceUnavailable"] * 3


def test_a_job_runs_again_no_earlier_than_the_service_asks() -> None:
    with clock.use_clock(FrozenClock()) as frozen:
        result = tasks.call_busy_service.enqueue(600)
        run_jobs()
        frozen.advance(timedelta(seconds=599))
        too_early = run_jobs()
        frozen.advance(timedelta(seconds=5))
        in_time = run_jobs()

    assert too_early == []
    assert [attempt.id for attempt in in_time] == [result.id]


def test_an_error_that_will_not_pass_fails_the_job_at_once() -> None:
    result = tasks.make_mistake.enqueue()

    run_jobs()

    result.refresh()
    assert (result.status, result.attempts) == (TaskResultStatus.FAILED, 1)


def test_the_policy_says_which_errors_may_pass() -> None:
    tasks.make_forgiven_mistake.enqueue()

    [attempt] = run_jobs()

    assert attempt.status == TaskResultStatus.READY


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (tasks.return_nul, "NUL"),
        (tasks.return_object, "object"),
        (tasks.fail_with_nul, "a \N{REPLACEMENT CHARACTER} and a ?"),
        (tasks.leave, "SystemExit"),
    ],
)
def test_whatever_a_job_returns_or_raises_is_told_with_it(task, said) -> None:
    result = task.enqueue()

    run_jobs()

    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert said in result.errors[0].traceback


def test_a_job_whose_code_is_gone_fails_and_says_so(caplog) -> None:
    Job.objects.create(task_path="tests.jobs.tasks.renamed_since")

    [job] = Job.objects.all()
    with pytest.raises(ImportError):
        run_jobs()

    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED
    assert "renamed_since" in job.errors[0]["traceback"]
    assert f"job {job.id} failed" in caplog.text


def test_a_plain_django_task_runs_too() -> None:
    result = tasks.plain.enqueue()

    run_jobs()

    result.refresh()
    assert result.return_value == "plain"


def test_receivers_hear_of_start_and_end_and_cannot_harm_the_job(caplog) -> None:
    heard = []

    def hear(sender, task_result, **kwargs):
        heard.append(task_result.status)
        raise ZeroDivisionError

    for signal in (task_started, task_finished):
        signal.connect(hear)
    try:
        tasks.plain.enqueue()
        run_jobs()
    finally:
        for signal in (task_started, task_finished):
            signal.disconnect(hear)

    assert heard == [TaskResultStatus.RUNNING, TaskResultStatus.SUCCESSFUL]


@pytest.mark.parametrize("argument", ["\0", float("nan"), "\ud800", "x" * 5_000_000])
def test_arguments_that_a_database_would_refuse_are_refused_before_they_are_stored(argument) -> None:
    with pytest.raises(ValueError, match=r".+"):
        tasks.plain.enqueue(argument)

    assert not Job.objects.exists()


def test_a_job_whose_queue_is_gone_fails_and_says_so(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend", "QUEUES": ["default"]}}
    job = Job.objects.create(task_path="tests.jobs.tasks.plain", queue_name="gone")

    with pytest.raises(InvalidTask):
        run_jobs()

    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED
    assert "gone" in job.errors[0]["traceback"]
