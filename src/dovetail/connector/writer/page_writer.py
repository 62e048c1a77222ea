"""Writes records page by page, in a handful of statements, and says what became of each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from django.db import DataError, IntegrityError, models, router, transaction

from dovetail.connector.binding import Binding
from dovetail.connector.writer.bound import BoundRecords
from dovetail.connector.writer.keyed import KeyedRecords
from dovetail.connector.writer.plan import ReadyRow
from dovetail.connector.writer.preparation import Preparation
from dovetail.connector.writer.refusals import reasons_of
from dovetail.connector.writer.rows import Known, PageResult, Row, RowProblem
from dovetail.connector.writer.sql import page_statements
from dovetail.core import changes
from dovetail.core.changes import Operation
from dovetail.core.errors import ProgrammingMistake
from dovetail.integrations.models import Connection

PAGE_SIZE = 1000


class Store(Protocol):
    """Finds the records that rows are about, and writes rows that are ready."""

    def find(self, keys: Sequence[Any]) -> dict[Any, Known]:
        """Return what is known of the records with these keys."""

    def save(self, rows: list[ReadyRow], known: Mapping[Any, Known]) -> PageResult:
        """Write rows; IntegrityError or DataError when the database refuses one of them."""


class PageWriter:
    """
    Writes pages of records of one model.

    No instance is made, so no ``save`` runs and no save signal is sent; the change is recorded in ``core.changes``.

    Args:
        record_model: The records' model.
        binding_model: Ties the records to their external ids; without it the records have a key field of their own.
        connection: The account that the external ids belong to; needed with a binding.
        key: That field; with a binding it is the binding's ``external_id``.
        fields: The fields that rows may bring; None for any.
        using: Alias of the database; by default where the records are written.
    Raises:
        ProgrammingMistake: the models cannot be written in bulk; the message says why.
    """

    def __init__(
        self,
        record_model: type[models.Model],
        *,
        binding_model: type[Binding] | None = None,
        connection: Connection | None = None,
        key: str = "external_id",
        fields: Collection[str] | None = None,
        using: str | None = None,
    ) -> None:
        self.record_model = record_model
        self.using = using or router.db_for_write(record_model)
        statements = page_statements(self.using)
        key = "external_id" if binding_model else key
        self._preparation = Preparation(record_model, binding_model, key=key, fields=fields, statements=statements)
        self._store: Store
        if binding_model is None:
            self._store = KeyedRecords(record_model, key, statements)
        elif connection is None:
            raise ProgrammingMistake(f"To write {binding_model.__name__} rows, say whose external ids they hold.")
        else:
            self._store = BoundRecords(record_model, binding_model, connection.pk, statements)

    def write(self, rows: Iterable[Row]) -> PageResult:
        """
        Write one page in the caller's transaction.

        Args:
            rows: Of rows with the same external id the last one counts.
        Returns:
            What became of the rows; those that do not fit are its problems and keep none of the others out.
        Raises:
            ProgrammingMistake: no transaction is open.
            OperationalError: the database could not go on, because of a deadlock or a lost connection: the transaction
                is broken, and the same page may be written in a new one.
        """
        if not transaction.get_connection(self.using).in_atomic_block:
            raise ProgrammingMistake("A page is written in a transaction of the caller: use transaction.atomic().")
        keyed, nameless = self._preparation.identify(rows)
        known = self._store.find([row.key for row in keyed])
        news = [row for row in keyed if row.key not in known or row.content_hash != known[row.key].content_hash]
        ready, unfit = self._preparation.prepare(news)
        result = PageResult(unchanged=len(keyed) - len(news), problems=nameless + unfit)
        for part in self._save(ready, known):
            result += part
        self._record_changes(ready, result)
        return result

    def _save(self, rows: list[ReadyRow], known: Mapping[Any, Known]) -> Iterator[PageResult]:
        """Write rows; where the database refuses, halve them until the one that it refuses stands alone."""
        if not rows:
            return
        try:
            with transaction.atomic(self.using):
                saved = self._store.save(rows, known)
        except (IntegrityError, DataError) as error:
            if len(rows) == 1:
                yield PageResult(problems=[self._refused(rows[0].row, error)])
                return
            middle = len(rows) // 2
            yield from self._save(rows[:middle], known)
            yield from self._save(rows[middle:], known)
        else:
            yield saved

    def _refused(self, row: Row, error: IntegrityError | DataError) -> RowProblem:
        return RowProblem(external_id=row.external_id, reasons=reasons_of(error, self.record_model), source=row.source)

    def _record_changes(self, rows: Sequence[ReadyRow], result: PageResult) -> None:
        fields = frozenset().union(*(plan.names for plan in {row.plan for row in rows}))
        written = {Operation.CREATED: result.created_ids, Operation.UPDATED: result.updated_ids}
        for operation, ids in written.items():
            changes.record(self.record_model, ids, fields=fields, operation=operation, using=self.using)


def upsert(
    model: type[models.Model],
    rows: Iterable[Mapping[str, Any]],
    *,
    key: str = "external_id",
    fields: Sequence[str],
    using: str | None = None,
) -> PageResult:
    """
    Insert records, or change those that are there and differ, all in one transaction.

    Args:
        model: The records' model.
        rows: Values by field; more than ``key`` and ``fields`` name is passed over.
        key: The field, unique, that says which record is meant.
        fields: The fields to write.
        using: Alias of the database; by default where the model is written.
    Returns:
        What became of the rows; those that do not fit are its problems.
    Raises:
        KeyError: a row lacks one of the fields.
    """
    writer = PageWriter(model, key=key, fields=fields, using=using)
    result = PageResult()
    with transaction.atomic(writer.using):
        for page in _pages(rows):
            result += writer.write(_row(source, key, fields) for source in page)
    return result


def _row(source: Mapping[str, Any], key: str, fields: Sequence[str]) -> Row:
    external_id = "" if source[key] is None else str(source[key])
    return Row(external_id=external_id, values={name: source[name] for name in fields}, source=source)


def _pages(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    remaining = iter(rows)
    while page := list(islice(remaining, PAGE_SIZE)):
        yield page
