"""One attempt at one job: its function, its signals, and what becomes of an exception."""

import logging
import threading
from datetime import timedelta
from traceback import format_exception
from typing import Any

from django.dispatch import Signal

from dovetail.core import clock
from dovetail.core.retry import RetryPolicy
from dovetail.jobs.errors import WorkerDied
from dovetail.jobs.job import PATIENT
from dovetail.jobs.models import Job
from dovetail.jobs.payload import normalize, storable_text
from dovetail.jobs.results import UNUSABLE, result_of, task_of
from dovetail.jobs.tasks import Task, TaskContext, find_task, task_finished, task_started
from dovetail.jobs.tasks import TaskResultStatus as Status

logger = logging.getLogger("dovetail.jobs")

MOST_CRASHES = 3
"""A job that so many workers had when they died is not run again."""


def attempt(job: Job) -> None:
    """
    Run a leased job in this thread and set on it how that ended; nothing is written.

    It ends SUCCESSFUL with its return value, FAILED, or READY for another attempt; each error is kept.
    """
    try:
        _guard_against_poison(job)
        job.return_value = _run(job)
    except BaseException as error:  # whatever a job raises ends the job, never the worker
        if isinstance(error, KeyboardInterrupt) and threading.current_thread() is threading.main_thread():
            raise
        _fail_or_retry(job, error)
    else:
        _end(job, Status.SUCCESSFUL)


def _guard_against_poison(job: Job) -> None:
    if job.crashes >= MOST_CRASHES:
        raise WorkerDied(f"{job.crashes} workers died while they had this job; it is not run again.")


def _run(job: Job) -> Any:
    task = task_of(job)
    result = result_of(job, task)
    _send(task_started, job, task)
    context = [TaskContext(task_result=result)] if task.takes_context else []
    return normalize(task.call(*context, *job.args, **job.kwargs))


def _fail_or_retry(job: Job, error: BaseException) -> None:
    job.status, job.errors = Status.FAILED, [*job.errors, _describe(error)]
    delay = _delay(job, error)
    if delay is None:
        _end(job, Status.FAILED)
        return
    job.status, job.run_after = Status.READY, clock.now() + delay
    told = f"failed with {type(error).__name__}, attempt {len(job.errors)} of {job.max_attempts}"
    logger.warning("job %s %s %s; the next in %.1f s", job.task_path, job.id, told, delay.total_seconds())


def _delay(job: Job, error: BaseException) -> timedelta | None:
    if isinstance(error, WorkerDied) or not isinstance(error, Exception):
        return None
    return _policy(job).delay(len(job.errors), error)


def _policy(job: Job) -> RetryPolicy:
    try:
        return getattr(find_task(job.task_path), "retry", PATIENT)
    except ImportError:
        return PATIENT


def _describe(error: BaseException) -> dict[str, str]:
    """Return an exception as it is stored with its job: the fields of a TaskError."""
    kind = type(error)
    return {
        "exception_class_path": f"{kind.__module__}.{kind.__qualname__}",
        "traceback": storable_text("".join(format_exception(error))),
    }


def _end(job: Job, status: Status) -> None:
    job.status, job.finished_at = status, clock.now()
    try:
        task = task_of(job)
    except UNUSABLE as error:  # without a task there is nobody to tell but the operator
        logger.error("job %s failed: %s", job.id, error)
    else:
        _send(task_finished, job, task)


def _send(signal: Signal, job: Job, task: "Task[..., Any]") -> None:
    # Robustly: a receiver that fails is logged by Django and changes nothing for the job.
    signal.send_robust(type(task.get_backend()), task_result=result_of(job, task))
