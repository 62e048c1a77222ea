"""Turns a row into the result that Django's tasks speak of."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from dovetail.jobs.models import Job
from dovetail.jobs.tasks import InvalidTask, Task, TaskError, TaskResult, TaskResultStatus, find_task

UNUSABLE = (ImportError, InvalidTask, ImproperlyConfigured)
"""What ``task_of`` raises when the code or the settings no longer fit a job."""


def task_of(job: Job) -> "Task[..., Any]":
    """
    Return the task of a job, with the queue, priority and backend with which it was enqueued.

    Raises:
        ImportError: its code was renamed or is not installed.
        InvalidTask, ImproperlyConfigured: ``TASKS`` no longer names its queue or backend.
    """
    task = find_task(job.task_path)
    asked: dict[str, Any] = {"queue_name": job.queue_name, "priority": job.priority, "backend": job.backend_name}
    differing = {name: value for name, value in asked.items() if getattr(task, name) != value}
    return task.using(**differing) if differing else task  # using() checks the task again, which costs


def result_of(job: Job, task: "Task[..., Any]") -> "TaskResult[Any]":
    """Describe a job as it stands in the row at hand."""
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.id),
        status=TaskResultStatus(job.status),
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=job.backend_name,
        errors=[TaskError(**error) for error in job.errors],
        worker_ids=list(job.worker_ids),
    )
    # Django's result is frozen and takes no return value; its own backends set it like this.
    object.__setattr__(result, "_return_value", job.return_value)
    return result
