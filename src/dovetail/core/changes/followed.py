"""Lets Django's own ways to write end in the change path."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models.signals import class_prepared, post_delete, post_save

from dovetail.core.changes.path import ModelClass, Operation, is_followed, record
from dovetail.core.errors import ProgrammingMistake

M = TypeVar("M", bound=models.Model)

UPDATE_CHUNK = 1000
"""Rows a statement; SQLite takes only so many values."""

_deleted: ContextVar[defaultdict[ModelClass, list[Any]] | None] = ContextVar("dovetail_deleted", default=None)

_followed: set[type] = set()


def follow(model: ModelClass) -> None:
    """Let every save and delete of a model's instances be recorded, also through its proxies; once is enough."""
    _followed.add(model)
    _connect(model)
    for proxy in model.__subclasses__():
        if proxy._meta.proxy:
            follow(proxy)


def _connect(model: ModelClass) -> None:
    post_save.connect(_record_save, sender=model, dispatch_uid="dovetail.core.changes")
    post_delete.connect(_record_delete, sender=model, dispatch_uid="dovetail.core.changes")


class FollowedQuerySet(models.QuerySet[M, M]):
    """Records the writes of many rows, which send no signals."""

    def bulk_create(  # noqa: PLR0917 -- the arguments are those of Django
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[M]:
        """
        Insert rows as Django does, and record them.

        With ``update_conflicts`` all rows count as updated: the database does not tell which ones were new.

        Raises:
            ProgrammingMistake: ``ignore_conflicts`` is given; nobody could tell which rows were written.
        """
        conflicts = ignore_conflicts, update_conflicts, update_fields, unique_fields
        if not is_followed(self.model):
            return super().bulk_create(objs, batch_size, *conflicts)
        if ignore_conflicts:
            raise ProgrammingMistake(f"{self.model.__name__} is followed: ignore_conflicts hides what was written.")
        operation = Operation.UPDATED if update_conflicts else Operation.CREATED
        with transaction.atomic(using=self._write_alias()):
            created = super().bulk_create(objs, batch_size, *conflicts)
            self._record([instance.pk for instance in created], operation)
        return created

    def update(self, **kwargs: Any) -> int:
        """Update rows as Django does, and record them."""
        if not is_followed(self.model):
            return super().update(**kwargs)
        rows = 0
        with transaction.atomic(using=self._write_alias()):
            ids = list(self.using(self._write_alias()).values_list("pk", flat=True))
            for start in range(0, len(ids), UPDATE_CHUNK):
                chunk = ids[start : start + UPDATE_CHUNK]
                rows += self._unfollowed().filter(pk__in=chunk).update(**kwargs)
            self._record(ids, Operation.UPDATED, fields=kwargs)
        return rows

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update rows as Django does, and record them."""
        instances, names = list(objs), list(fields)
        with transaction.atomic(using=self._write_alias()):
            rows = self._unfollowed().bulk_update(instances, names, batch_size)
            self._record([instance.pk for instance in instances], Operation.UPDATED, fields=names)
        return rows

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows as Django does, and record them all at once, those of other models that go with them too."""
        with transaction.atomic(using=self._write_alias()), _deletes_together(self._write_alias()):
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined] # templates must not call it
    delete.queryset_only = True  # type: ignore[attr-defined] # as Django has it: no manager deletes everything

    def _write_alias(self) -> str:
        self._for_write = True
        return self.db

    def _record(self, ids: list[Any], operation: Operation, fields: Collection[str] | None = None) -> None:
        record(self.model, ids, fields=fields, operation=operation, using=self._write_alias())

    def _unfollowed(self) -> "models.QuerySet[M, M]":
        return models.QuerySet(self.model, query=self.query.chain(), using=self._write_alias())


class FollowedManager(models.Manager.from_queryset(FollowedQuerySet)):  # type: ignore[misc] # made at run time
    """A manager that makes its model one whose every write is recorded, by whatever method."""


def _follow_prepared(*, sender: ModelClass, **_: Any) -> None:
    has_our_manager = any(isinstance(manager, FollowedManager) for manager in sender._meta.managers)
    is_followed_proxy = sender._meta.proxy and not _followed.isdisjoint(sender.__mro__)
    if has_our_manager or is_followed_proxy:
        follow(sender)


class_prepared.connect(_follow_prepared, dispatch_uid="dovetail.core.changes")


def _record_save(
    *,
    sender: ModelClass,
    instance: models.Model,
    created: bool,
    update_fields: Collection[str] | None,
    using: str,
    **_: Any,
) -> None:
    operation = Operation.CREATED if created else Operation.UPDATED
    record(sender, [instance.pk], fields=update_fields, operation=operation, using=using)


def _record_delete(*, sender: ModelClass, instance: models.Model, using: str, **_: Any) -> None:
    gathered = _deleted.get()
    if gathered is None:
        record(sender, [instance.pk], operation=Operation.DELETED, using=using)
    else:
        gathered[sender].append(instance.pk)


@contextmanager
def _deletes_together(using: str) -> Iterator[None]:
    """Record the deletes of a block at its end, one change for each model."""
    gathered: defaultdict[ModelClass, list[Any]] = defaultdict(list)
    token = _deleted.set(gathered)
    try:
        yield
    finally:
        _deleted.reset(token)
    for model, ids in gathered.items():
        record(model, ids, operation=Operation.DELETED, using=using)
