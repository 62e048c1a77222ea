"""The embedded engine: jobs are rows in the application's own database.

::

    TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}
"""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction

from dovetail.core import clock
from dovetail.jobs import bell
from dovetail.jobs.job import JobTask
from dovetail.jobs.models import Job
from dovetail.jobs.payload import normalize
from dovetail.jobs.results import result_of, task_of
from dovetail.jobs.tasks import BaseTaskBackend, Task, TaskResult, TaskResultDoesNotExist, task_enqueued


class EngineBackend(BaseTaskBackend):
    """
    A Django tasks backend that stores a job in the transaction of the code that enqueues it.

    Its OPTIONS: ``database``, the alias of the database that holds the jobs.
    """

    task_class = JobTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.database: str = self.options.get("database", DEFAULT_DB_ALIAS)

    def enqueue(self, task: "Task[..., Any]", args: Any, kwargs: Any) -> "TaskResult[Any]":
        """
        Store a job; it can run as soon as the caller's transaction is committed, and is gone if that is rolled back.

        Raises:
            InvalidTask: the task does not fit this backend.
            TypeError, ValueError: the arguments are no JSON that a database can hold; nothing was stored.
        """
        self.validate_task(task)
        job = self._new_job(task, args, kwargs)
        job.save(using=self.database, force_insert=True)
        result = result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        self._wake_workers()
        return result

    def get_result(self, result_id: str) -> "TaskResult[Any]":
        """
        Return a job as it stands now.

        Raises:
            TaskResultDoesNotExist: there is no such job.
            ImportError: its code was renamed or is not installed.
        """
        try:
            job = Job.objects.using(self.database).get(pk=result_id)
        except (Job.DoesNotExist, ValidationError):  # an id of another backend need not be a UUID
            raise TaskResultDoesNotExist(result_id) from None
        return result_of(job, task_of(job))

    def _new_job(self, task: "Task[..., Any]", args: Any, kwargs: Any) -> Job:
        now = clock.now()
        return Job(
            task_path=task.module_path,
            backend_name=self.alias,
            queue_name=task.queue_name,
            priority=task.priority,
            args=normalize(args),
            kwargs=normalize(kwargs),
            enqueued_at=now,
            run_after=task.run_after or now,
            max_attempts=getattr(task, "max_attempts", 1),
        )

    def _wake_workers(self) -> None:
        if bell.is_heard(self.database):
            transaction.on_commit(partial(bell.ring, self.database), using=self.database)
