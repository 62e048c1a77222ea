"""The rows behind a many-to-many field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.columns import column_of
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.sql import PageStatements
from dovetail.core.errors import ProgrammingMistake, RecordProblem, UnknownName


class Links:
    """
    Writes the links of one many-to-many field.

    Args:
        model: The record's model.
        name: The field.
        statements: Of the database.
    Raises:
        UnknownName: the model has no such many-to-many field.
        ProgrammingMistake: the links are a model of the application, which may want more than two keys.
    """

    def __init__(self, model: type[models.Model], name: str, statements: PageStatements) -> None:
        found: dict[str, Any] = {field.name: field for field in model._meta.many_to_many}
        if name not in found:
            raise UnknownName(f"many-to-many field of {model._meta.label}", name, found)
        self.name = name
        self.model = found[name].remote_field.through
        if not self.model._meta.auto_created:
            raise ProgrammingMistake(
                f"{model._meta.label}.{name} goes through a model of its own: write that model's rows."
            )
        self._statements = statements
        self._key = (found[name].m2m_field_name(), found[name].m2m_reverse_field_name())
        self._columns = [column_of(self.model, key, statements.connection) for key in self._key]

    def prepare(self, keys: Sequence[Any]) -> list[Prepared]:
        """
        Check the primary keys of the other records of one row and prepare them, each once and in order.

        Raises:
            RecordProblem: one of them cannot be a primary key.
        """
        try:
            prepared = {self._columns[1].prepare(key) for key in keys}
        except Unfit as unfit:
            raise RecordProblem({self.name: unfit.reason}) from unfit
        return sorted(prepared, key=lambda key: (str(type(key)), key))

    def replace(self, links: Mapping[Prepared, Sequence[Prepared]], *, is_new: bool) -> None:
        """
        Let records have exactly these links.

        Args:
            links: The prepared keys of the other records, by the key of the record.
            is_new: The records have no links yet.
        """
        rows = [[owner, other] for owner, others in links.items() for other in others]
        if not is_new and links:
            self._statements.delete_others(self.model, self._columns, rows, among=[[owner] for owner in links])
        if rows:
            self._statements.insert_missing(self.model, self._columns, rows, key=self._key)
