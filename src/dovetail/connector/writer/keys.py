"""The primary keys of new records, drawn before the records are written."""

from typing import Any

from django.db import models

from dovetail.connector.writer.columns import compile_column
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.sql import PageStatements
from dovetail.core.errors import ProgrammingMistake


class PrimaryKeys:
    """
    Draws and translates the primary keys of one model.

    Args:
        model: The model.
        statements: Of the database.
    Raises:
        ProgrammingMistake: a record of the model lies in two tables, or nothing tells what a new one's key is.
    """

    def __init__(self, model: type[models.Model], statements: PageStatements) -> None:
        assert model._meta.pk is not None
        self._field: models.Field[Any, Any] = model._meta.pk
        self._table = model._meta.db_table
        self._statements = statements
        self._counts = isinstance(self._field, models.AutoField)
        if model._meta.parents:
            raise ProgrammingMistake(
                f"{model._meta.label} inherits from a model with a table: it cannot be written in bulk."
            )
        if not self._counts and not self._field.has_default():
            raise ProgrammingMistake(f"{model._meta.label} needs a primary key with a default to be written in bulk.")
        self.column = compile_column(self._field, statements.connection)

    def draw(self, count: int) -> list[Prepared]:
        """Return so many prepared keys that no record has or will get."""
        if not count:
            return []
        if self._counts:
            return [*self._statements.draw_numbers(self._table, self.column.db_column, count)]
        return [self.column.prepare(self._field.get_default()) for _ in range(count)]

    def prepare(self, value: Any) -> Prepared:
        """Return a key that came from the database as a page carries it."""
        return self.column.prepare(value)

    def to_python(self, key: Any) -> Any:
        """Return a key as the application knows it."""
        return self._field.to_python(key)
