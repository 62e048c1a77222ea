"""Writes records that bindings tie to their external ids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from django.db import models

from dovetail.connector.binding import Binding
from dovetail.connector.writer.columns import Column, column_of
from dovetail.connector.writer.keys import PrimaryKeys
from dovetail.connector.writer.plan import Plan
from dovetail.connector.writer.preparation import ReadyRow
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.rows import Known, PageResult
from dovetail.connector.writer.sql import PageStatements
from dovetail.core import clock

UNIQUE_KEY = ("connection", "external_id")


class BoundRecords:
    """
    Writes pages of records and bindings.

    Several processes may write the same records at once. Who inserts a binding first has claimed the record and inserts
    it too; another waits, and then finds the binding there. Claims are made in the order of the external ids, and locks
    after all claims in the same order, so that processes never wait for each other in a circle.

    Args:
        record_model: The records' model.
        binding_model: The bindings' model.
        connection_id: Primary key of the connection.
        statements: Of the database.
    """

    def __init__(
        self,
        record_model: type[models.Model],
        binding_model: type[Binding],
        connection_id: int,
        statements: PageStatements,
    ) -> None:
        self.record_model = record_model
        self.binding_model = binding_model
        self.connection_id = connection_id
        self.statements = statements
        self.record_keys = PrimaryKeys(record_model, statements)
        self.binding_keys = PrimaryKeys(binding_model, statements)
        self._owner = self._columns("connection", "external_id", "record", "created_at")
        self._content = self._columns("synced_at", "content_hash")

    def find(self, keys: Sequence[str]) -> dict[str, Known]:
        """Return what is known of the records with these external ids; nothing of those that are new."""
        return self._read(keys)

    def save(self, rows: list[ReadyRow], known: Mapping[str, Known]) -> PageResult:
        """
        Write rows, which are in the order of their keys, in the caller's transaction.

        Args:
            rows: Rows that are new or bring something new.
            known: What ``find`` returned.
        Raises:
            IntegrityError, DataError: the database refuses one of the rows.
        """
        known = dict(known)
        created = self._create(rows, known)
        changed = [row for row in rows if row.key in known and known[row.key].content_hash != row.content_hash]
        updated, vanished = self._update(changed)
        result = PageResult(
            created_ids=[self.record_keys.to_python(key) for key in created.values()],
            updated_ids=[self.record_keys.to_python(key) for key in updated],
            unchanged=len(rows) - len(created) - len(updated) - len(vanished),
        )
        # Somebody removed these while we looked: they are new again.
        return result + self.save(vanished, {}) if vanished else result

    def _create(self, rows: list[ReadyRow], known: dict[str, Known]) -> dict[str, Prepared]:
        """Insert the rows that are not known; whatever others inserted meanwhile becomes known."""
        created: dict[str, Prepared] = {}
        while missing := [row for row in rows if row.key not in known and row.key not in created]:
            created |= self._claim(missing)
            known |= self._read([row.key for row in missing if row.key not in created])
        self._insert_records([row for row in rows if row.key in created], created)
        return created

    def _claim(self, rows: list[ReadyRow]) -> dict[str, Prepared]:
        """Insert bindings; return the keys of the records to be inserted, by external id."""
        keys = {row.key: key for row, key in zip(rows, self.record_keys.draw(len(rows)), strict=True)}
        claimed: set[str] = set()
        now = self._now()
        for plan, group in _neighbours(rows):
            columns = [*self._owner, *self._content, *plan.binding.columns, *plan.binding.filled]
            page = [
                [self.connection_id, row.key, keys[row.key], now, *self._content_of(row, now), *plan.binding.fill()]
                for row in group
            ]
            claimed |= self.statements.claim(self.binding_model, columns, page, key=UNIQUE_KEY, returning="external_id")
        return {key: record_key for key, record_key in keys.items() if key in claimed}

    def _insert_records(self, rows: list[ReadyRow], keys: Mapping[str, Prepared]) -> None:
        for plan, group in _by_plan(rows):
            columns = [self.record_keys.column, *plan.record.columns, *plan.record.filled]
            page = [[keys[row.key], *row.values, *plan.record.fill()] for row in group]
            self.statements.insert(self.record_model, columns, page)
            self._link(plan, {keys[row.key]: row for row in group}, is_new=True)

    def _update(self, changed: list[ReadyRow]) -> tuple[list[Prepared], list[ReadyRow]]:
        """Change records and bindings; return the keys of the records changed, and the rows that are gone."""
        locked = self._read([row.key for row in changed], lock=True)
        vanished = [row for row in changed if row.key not in locked]
        # While we waited for the lock, another process may have written the same.
        stale = [row for row in changed if row.key in locked and locked[row.key].content_hash != row.content_hash]
        for plan, group in _by_plan(stale):
            self._update_records(plan, group, locked)
            self._update_bindings(plan, group, locked)
        return [locked[row.key].record_key for row in stale], vanished

    def _update_records(self, plan: Plan, rows: list[ReadyRow], known: Mapping[str, Known]) -> None:
        columns = [self.record_keys.column, *plan.record.columns, *plan.record.touched]
        page = [[known[row.key].record_key, *row.values, *plan.record.touch()] for row in rows]
        if plan.record.columns:
            self.statements.update(self.record_model, columns, page)
        self._link(plan, {known[row.key].record_key: row for row in rows}, is_new=False)

    def _update_bindings(self, plan: Plan, rows: list[ReadyRow], known: Mapping[str, Known]) -> None:
        columns = [self.binding_keys.column, *self._content, *plan.binding.columns, *plan.binding.touched]
        now = self._now()
        page = [[known[row.key].binding_key, *self._content_of(row, now), *plan.binding.touch()] for row in rows]
        self.statements.update(self.binding_model, columns, page)

    def _link(self, plan: Plan, rows: Mapping[Prepared, ReadyRow], *, is_new: bool) -> None:
        for position, links in enumerate(plan.many):
            links.replace({key: row.many[position] for key, row in rows.items()}, is_new=is_new)

    def _read(self, keys: Sequence[str], *, lock: bool = False) -> dict[str, Known]:
        if not keys:
            return {}
        found = self.statements.read_bindings(self.binding_model, self.connection_id, keys, lock=lock)
        return {
            external_id: Known(self.binding_keys.prepare(binding), self.record_keys.prepare(record), content_hash)
            for external_id, binding, record, content_hash in found
        }

    def _content_of(self, row: ReadyRow, now: Prepared) -> list[Prepared]:
        return [now, row.content_hash, *row.extras]

    def _now(self) -> Prepared:
        return self._content[0].prepare(clock.now())

    def _columns(self, *names: str) -> list[Column]:
        return [column_of(self.binding_model, name, self.statements.connection) for name in names]


def _neighbours(rows: Iterable[ReadyRow]) -> Iterator[tuple[Plan, list[ReadyRow]]]:
    """Group rows with the same plan that stand side by side, so that their order stays."""
    for plan, group in groupby(rows, key=lambda row: row.plan):
        yield plan, list(group)


def _by_plan(rows: Iterable[ReadyRow]) -> Iterator[tuple[Plan, list[ReadyRow]]]:
    """Group all rows with the same plan."""
    groups: dict[Plan, list[ReadyRow]] = {}
    for row in rows:
        groups.setdefault(row.plan, []).append(row)
    yield from groups.items()
