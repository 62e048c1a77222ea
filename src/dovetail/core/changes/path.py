"""The one path of every change.

Every write to a model that anything follows ends here, in the writer's transaction. Subscribers act there too, for many
rows at once, so what they write stands or falls with the change itself.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model

ModelClass = type[Model]


class Operation(StrEnum):
    """What happened to the rows."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One write, of any number of rows of one model."""

    model: ModelClass
    """The concrete model."""
    ids: tuple[Any, ...]
    """The primary keys of the rows."""
    fields: frozenset[str] | None
    """Names of the fields that were written; None when that is not known."""
    operation: Operation
    """What happened to the rows."""
    origin: str
    """Who wrote: ``connection:<uuid>``, a request, the admin; empty when nobody said."""
    using: str
    """Alias of the database."""


Subscriber = Callable[[Change], None]

_subscribers: dict[ModelClass, list[Subscriber]] = {}
_subscribers_of_all: list[Subscriber] = []
_origin: ContextVar[str] = ContextVar("dovetail_origin", default="")


def record(
    model: ModelClass,
    ids: Collection[Any],
    *,
    fields: Collection[str] | None = None,
    operation: Operation,
    origin: str | None = None,
    using: str = "default",
) -> None:
    """
    Tell the subscribers of a model what was written; call it in the transaction that wrote it.

    Args:
        model: The model; a proxy counts as the model it stands for.
        ids: Primary keys of the rows; with none, nothing is told.
        fields: Names of the fields written; None when that is not known.
        operation: What happened to the rows.
        origin: Who wrote; by default what ``writing_as`` says.
        using: Alias of the database.
    Raises:
        Exception: whatever a subscriber raises; let it pass, so that the transaction is rolled back.
    """
    if not ids or not (_subscribers or _subscribers_of_all):
        return
    concrete: ModelClass = model._meta.concrete_model or model
    receivers = [*_subscribers.get(concrete, ()), *_subscribers_of_all]
    if not receivers:
        return
    change = Change(
        model=concrete,
        ids=tuple(ids),
        fields=None if fields is None else frozenset(fields),
        operation=operation,
        origin=current_origin() if origin is None else origin,
        using=using,
    )
    for receive in receivers:
        receive(change)


def is_followed(model: ModelClass) -> bool:
    """Tell whether anyone would hear of a change to this model, so that a writer need not gather what nobody reads."""
    concrete = model._meta.concrete_model or model
    return bool(_subscribers_of_all or _subscribers.get(concrete))


def subscribe(receiver: Subscriber, *models: ModelClass) -> None:
    """
    Hear of each change.

    Args:
        receiver: Called in the writer's transaction; it uses few statements, however many rows changed.
        models: The models to hear of; with none, every model that is followed.
    """
    for receivers in _lists(models):
        if receiver not in receivers:
            receivers.append(receiver)


def unsubscribe(receiver: Subscriber, *models: ModelClass) -> None:
    """Hear no more of the changes, by the same arguments as in ``subscribe``; unknown ones are passed over."""
    for receivers in _lists(models):
        if receiver in receivers:
            receivers.remove(receiver)


def current_origin() -> str:
    """Return who is writing just now; empty when nobody said."""
    return _origin.get()


@contextmanager
def writing_as(origin: str) -> Iterator[None]:
    """Say who is writing until the block ends, such as ``connection:<uuid>``."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def _lists(models: tuple[ModelClass, ...]) -> list[list[Subscriber]]:
    if not models:
        return [_subscribers_of_all]
    return [_subscribers.setdefault(model._meta.concrete_model or model, []) for model in models]
