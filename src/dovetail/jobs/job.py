"""``@job``: a Django task that says how often and when to try again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, overload

from dovetail.core.retry import RetryPolicy
from dovetail.jobs.tasks import TaskContext, TypedTask

P = ParamSpec("P")
T = TypeVar("T")

PATIENT = RetryPolicy(
    attempts=1, base_delay=timedelta(seconds=2), max_delay=timedelta(minutes=10), max_wait=timedelta(days=1)
)
"""How jobs retry: nobody stands and waits for them, so they may wait as long as a service asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(TypedTask[P, T]):
    """A task of the embedded engine; any other tasks backend runs it too, without the retries."""

    retry: RetryPolicy = PATIENT
    """Decides after an exception whether and when the job runs again."""

    @property
    def max_attempts(self) -> int:
        """How often the job is tried in all, the first time included."""
        return self.retry.attempts


@overload
def job(
    *,
    attempts: int | None = None,
    retry: RetryPolicy = PATIENT,
    queue: str = "default",
    priority: int = 0,
    backend: str = "default",
    takes_context: Literal[False] = False,
) -> Callable[[Callable[P, T]], "JobTask[P, T]"]: ...


@overload
def job(
    *,
    attempts: int | None = None,
    retry: RetryPolicy = PATIENT,
    queue: str = "default",
    priority: int = 0,
    backend: str = "default",
    takes_context: Literal[True],
) -> Callable[[Callable[Concatenate[TaskContext, P], T]], "JobTask[P, T]"]: ...


def job(
    *,
    attempts: int | None = None,
    retry: RetryPolicy = PATIENT,
    queue: str = "default",
    priority: int = 0,
    backend: str = "default",
    takes_context: bool = False,
) -> Callable[..., Any]:
    """
    Make a job of a function that stands at the top of a module.

    Args:
        attempts: How often to try in all when the function raises a TransientError; what ``retry`` says if not given,
            and that is once.
        retry: The waits between the attempts, and the exceptions that are worth another one.
        queue: The queue's name; a worker may serve some queues only.
        priority: From -100 to 100; higher runs first.
        backend: The alias in the setting TASKS.
        takes_context: The function's first argument is called ``context`` and receives the TaskContext.
    Returns:
        A decorator; the decorated name is a task with ``enqueue()`` and ``using()``.
    Raises:
        InvalidTask: the function is not at the top of a module, or the backend does not know the queue.
    """
    policy = retry if attempts is None else replace(retry, attempts=attempts)

    def decorate(function: Callable[..., T]) -> "JobTask[..., T]":
        return JobTask(
            func=function,
            priority=priority,
            backend=backend,
            queue_name=queue,
            takes_context=takes_context,
            retry=policy,
        )

    return decorate
