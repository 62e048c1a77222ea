"""The bindings of one connection: who is known, who is claimed, and what was written last."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from dovetail.connector.binding import Binding
from dovetail.connector.writer.columns import Column, column_of
from dovetail.connector.writer.keys import PrimaryKeys
from dovetail.connector.writer.plan import ReadyRow, by_plan
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.rows import Known
from dovetail.connector.writer.sql import PageStatements
from dovetail.core import clock

UNIQUE_KEY = ("connection", "external_id")


class Bindings:
    """
    Reads and writes the bindings of one kind and one connection.

    Args:
        model: The bindings' model.
        connection_id: Primary key of the connection.
        statements: Of the database.
    """

    def __init__(self, model: type[Binding], connection_id: int, statements: PageStatements) -> None:
        self.model = model
        self.connection_id = connection_id
        self.statements = statements
        self._keys = PrimaryKeys(model, statements)
        self._tie = self._columns("connection", "external_id", "record", "created_at")
        self._content = self._columns("synced_at", "content_hash")

    def read(self, external_ids: Sequence[str], *, lock: bool = False) -> dict[str, Known]:
        """
        Return what is known, by external id.

        Args:
            lock: Keep others from changing it until the transaction ends.
        """
        if not external_ids:
            return {}
        found = self.statements.read_bindings(self.model, self.connection_id, external_ids, lock=lock)
        return {external_id: Known(*rest) for external_id, *rest in found}

    def claim(self, rows: Sequence[ReadyRow], record_keys: Mapping[str, Prepared]) -> set[str]:
        """
        Tie those external ids that nobody has tied yet, in their order.

        Args:
            record_keys: The primary keys that the records will have, by external id.
        Returns:
            The external ids that are ours now.
        """
        claimed: set[str] = set()
        now = self._now()
        for plan, neighbours in groupby(rows, key=attrgetter("plan")):  # not all rows of a plan: the order must stay
            columns = [*self._tie, *self._content, *plan.binding.columns, *plan.binding.filled]
            page = [
                [self.connection_id, row.key, record_keys[row.key], now, *_content(row, now), *plan.binding.fill()]
                for row in neighbours
            ]
            claimed |= self.statements.claim(self.model, columns, page, key=UNIQUE_KEY, returning="external_id")
        return claimed

    def update(self, rows: Sequence[ReadyRow], known: Mapping[str, Known]) -> None:
        """Note what was written."""
        now = self._now()
        for plan, group in by_plan(rows):
            columns = [self._keys.column, *self._content, *plan.binding.columns, *plan.binding.touched]
            page = [
                [self._keys.prepare(known[row.key].binding_key), *_content(row, now), *plan.binding.touch()]
                for row in group
            ]
            self.statements.update(self.model, columns, page)

    def _now(self) -> Prepared:
        return self._content[0].prepare(clock.now())

    def _columns(self, *names: str) -> list[Column]:
        return [column_of(self.model, name, self.statements.connection) for name in names]


def _content(row: ReadyRow, now: Prepared) -> list[Prepared]:
    return [now, row.content_hash, *row.extras]
