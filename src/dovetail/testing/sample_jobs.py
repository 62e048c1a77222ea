"""The jobs that the contract runs."""

from typing import Any

from dovetail.jobs.job import job
from dovetail.jobs.tasks import TaskContext

ran: list[Any] = []
"""What ``note`` was called with, in this process."""


@job()
def echo(*args: Any, **kwargs: Any) -> Any:
    """Return the arguments."""
    return args, kwargs


@job()
def note(what: Any) -> None:
    """Remember that it ran."""
    ran.append(what)


@job()
def refuse(why: str) -> None:
    """Fail."""
    raise ValueError(why)


@job()
async def double_later(number: int) -> int:
    """Return twice the number."""
    return 2 * number


@job(takes_context=True)
def tell_attempt(context: TaskContext) -> list[Any]:
    """Return its own id and which attempt this is."""
    return [context.task_result.id, context.attempt]
