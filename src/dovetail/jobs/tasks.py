"""Django's tasks, wherever this version of Django keeps them; no other module imports either package."""

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_tasks import task_backends
    from django_tasks.backends.base import BaseTaskBackend
    from django_tasks.backends.immediate import ImmediateBackend
    from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus, task
    from django_tasks.exceptions import InvalidTaskError as InvalidTask
    from django_tasks.exceptions import TaskResultDoesNotExist
    from django_tasks.signals import task_enqueued, task_finished, task_started
    from django_tasks.utils import normalize_json

    TypedTask = Task
else:
    try:
        from django.tasks import task_backends
        from django.tasks.backends.base import BaseTaskBackend
        from django.tasks.backends.immediate import ImmediateBackend
        from django.tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus, task
        from django.tasks.exceptions import InvalidTask, TaskResultDoesNotExist
        from django.tasks.signals import task_enqueued, task_finished, task_started
        from django.utils.json import normalize_json
    except ImportError:  # Django 5.2
        from django_tasks import task_backends
        from django_tasks.backends.base import BaseTaskBackend
        from django_tasks.backends.immediate import ImmediateBackend
        from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus, task
        from django_tasks.exceptions import InvalidTaskError as InvalidTask
        from django_tasks.exceptions import TaskResultDoesNotExist
        from django_tasks.signals import task_enqueued, task_finished, task_started
        from django_tasks.utils import normalize_json

    class TypedTask:
        """Stands for Task where a type checker reads ``Task[P, T]``: Django's own takes no parameters."""

        def __class_getitem__(cls, _parameters: Any) -> type[Task]:
            return Task


__all__ = [
    "BaseTaskBackend",
    "ImmediateBackend",
    "InvalidTask",
    "Task",
    "TaskContext",
    "TaskError",
    "TaskResult",
    "TaskResultDoesNotExist",
    "TaskResultStatus",
    "TypedTask",
    "find_task",
    "normalize_json",
    "task",
    "task_backends",
    "task_enqueued",
    "task_finished",
    "task_started",
]


def find_task(path: str) -> "Task[..., Any]":
    """
    Return the task at a dotted path.

    Raises:
        ImportError: nothing is there, or something that is no task; the code was renamed or is not installed.
    """
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task.")
    return found
