"""The records of one model, written by primary keys that are known beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from dovetail.connector.writer.keys import PrimaryKeys
from dovetail.connector.writer.plan import Plan, ReadyRow, by_plan
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.sql import PageStatements

RecordKeys = Mapping[Any, Prepared]
"""Prepared primary keys, by the key of the row."""


class Records:
    """
    Inserts and changes records, and their many-to-many links.

    Args:
        model: The records' model.
        statements: Of the database.
    """

    def __init__(self, model: type[models.Model], statements: PageStatements) -> None:
        self.model = model
        self.statements = statements
        self.keys = PrimaryKeys(model, statements)

    def insert(self, rows: Sequence[ReadyRow], keys: RecordKeys) -> None:
        """Insert the records of rows."""
        for plan, group in by_plan(rows):
            columns = [self.keys.column, *plan.record.columns, *plan.record.filled]
            page = [[keys[row.key], *row.values, *plan.record.fill()] for row in group]
            self.statements.insert(self.model, columns, page)
            _link(plan, group, keys, is_new=True)

    def update(self, rows: Sequence[ReadyRow], keys: RecordKeys) -> None:
        """Change the records of rows."""
        for plan, group in by_plan(rows):
            columns = [self.keys.column, *plan.record.columns, *plan.record.touched]
            page = [[keys[row.key], *row.values, *plan.record.touch()] for row in group]
            if plan.record.columns:
                self.statements.update(self.model, columns, page)
            _link(plan, group, keys, is_new=False)


def _link(plan: Plan, rows: Sequence[ReadyRow], keys: RecordKeys, *, is_new: bool) -> None:
    for position, links in enumerate(plan.many):
        links.replace({keys[row.key]: row.many[position] for row in rows}, is_new=is_new)
