"""Writes records that have a key field of their own."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import models

from dovetail.connector.writer.columns import column_of
from dovetail.connector.writer.keys import PrimaryKeys
from dovetail.connector.writer.plan import Plan, ReadyRow
from dovetail.connector.writer.rows import Known, PageResult
from dovetail.connector.writer.sql import PageStatements
from dovetail.core.errors import ProgrammingMistake


class KeyedRecords:
    """
    Writes pages of records whose own field says which one is meant.

    Args:
        model: The records' model.
        key: The field; its value is unique.
        statements: Of the database.
    Raises:
        ProgrammingMistake: the field is not unique.
    """

    def __init__(self, model: type[models.Model], key: str, statements: PageStatements) -> None:
        if not _is_unique(model, key):
            raise ProgrammingMistake(f"{model._meta.label}.{key} must be unique to tell one record from another.")
        self.model = model
        self.key = key
        self.statements = statements
        self.record_keys = PrimaryKeys(model, statements)
        self._key_column = column_of(model, key, statements.connection)

    def find(self, keys: Sequence[Any]) -> dict[Any, Known]:
        """Return nothing: the database compares the values themselves."""
        return {}

    def save(self, rows: list[ReadyRow], known: Mapping[Any, Known]) -> PageResult:
        """
        Write rows, which are in the order of their keys, in the caller's transaction.

        Raises:
            IntegrityError, DataError: the database refuses one of the rows.
        """
        result = PageResult()
        for plan, group in groupby(rows, key=lambda row: row.plan):
            result += self._save(plan, list(group))
        return result

    def _save(self, plan: Plan, rows: list[ReadyRow]) -> PageResult:
        drawn = self.record_keys.draw(len(rows))
        columns = [self.record_keys.column, self._key_column, *plan.record.columns, *plan.record.filled]
        page = [[number, row.key, *row.values, *plan.record.fill()] for number, row in zip(drawn, rows, strict=True)]
        written = self.statements.upsert(
            self.model, columns, page, key=self.key, compared=plan.record.columns, touched=plan.record.touched
        )
        # A record that came with the key drawn for it is new; the others kept theirs.
        keys = [self.record_keys.prepare(key) for key in written]
        created = set(drawn).intersection(keys)
        return PageResult(
            created_ids=[self.record_keys.to_python(key) for key in keys if key in created],
            updated_ids=[self.record_keys.to_python(key) for key in keys if key not in created],
            unchanged=len(rows) - len(keys),
        )


def _is_unique(model: type[models.Model], key: str) -> bool:
    field = model._meta.get_field(key)
    constrained = any(
        isinstance(constraint, models.UniqueConstraint) and constraint.fields == (key,) and constraint.condition is None
        for constraint in model._meta.constraints
    )
    return bool(getattr(field, "unique", False)) or constrained
