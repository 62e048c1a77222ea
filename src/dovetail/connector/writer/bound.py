"""Writes records that bindings tie to their external ids.

Several processes may write the same records at once. Who inserts a binding first has claimed the record and inserts it
too; another waits, and then finds the binding there. Claims are made in the order of the external ids, and locks after
all claims in the same order, so that processes never wait for each other in a circle.
"""

from collections.abc import Mapping, Sequence

from django.db import models

from dovetail.connector.binding import Binding
from dovetail.connector.writer.bindings import Bindings
from dovetail.connector.writer.plan import ReadyRow
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.records import Records
from dovetail.connector.writer.rows import Known, PageResult
from dovetail.connector.writer.sql import PageStatements


class BoundRecords:
    """
    Writes pages of records and bindings.

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
        self.records = Records(record_model, statements)
        self.bindings = Bindings(binding_model, connection_id, statements)

    def find(self, keys: Sequence[str]) -> dict[str, Known]:
        """Return what is known of the records with these external ids; nothing of those that are new."""
        return self.bindings.read(keys)

    def save(self, rows: list[ReadyRow], known: Mapping[str, Known]) -> PageResult:
        """
        Write rows, which are in the order of their keys, in the caller's transaction.

        Args:
            rows: Rows that are new or bring something new.
            known: What ``find`` returned.
        Raises:
            IntegrityError, DataError: the database refuses one of the rows.
        """
        created = self._create([row for row in rows if row.key not in known])
        updated, vanished = self._update([row for row in rows if row.key not in created])
        result = PageResult(
            created_ids=[self.records.keys.to_python(key) for key in created.values()],
            updated_ids=[self.records.keys.to_python(key) for key in updated],
            unchanged=len(rows) - len(created) - len(updated) - len(vanished),
        )
        # Somebody removed these while we looked: they are new again.
        return result + self.save(vanished, {}) if vanished else result

    def _create(self, rows: list[ReadyRow]) -> dict[str, Prepared]:
        """Insert those rows that nobody else inserts just now; return their keys by external id."""
        drawn = dict(zip([row.key for row in rows], self.records.keys.draw(len(rows)), strict=True))
        claimed = self.bindings.claim(rows, drawn)
        self.records.insert([row for row in rows if row.key in claimed], drawn)
        return {external_id: key for external_id, key in drawn.items() if external_id in claimed}

    def _update(self, rows: list[ReadyRow]) -> tuple[list[Prepared], list[ReadyRow]]:
        """Change those rows that still differ; return the keys of their records, and the rows that are gone."""
        locked = self.bindings.read([row.key for row in rows], lock=True)
        vanished = [row for row in rows if row.key not in locked]
        # Before we had the lock, another process may have written the same.
        stale = [row for row in rows if row.key in locked and locked[row.key].content_hash != row.content_hash]
        keys = {row.key: self.records.keys.prepare(locked[row.key].record_key) for row in stale}
        self.records.update(stale, keys)
        self.bindings.update(stale, locked)
        return list(keys.values()), vanished
