"""Which columns of a table one kind of row brings, and which fill themselves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.columns import column_of
from dovetail.connector.writer.fillings import compile_filling
from dovetail.connector.writer.prepared import Prepared
from dovetail.core.errors import RecordProblem


class Layout:
    """
    The columns of rows that bring values for the same fields.

    Args:
        model: Whose table it is.
        names: The fields that the rows bring.
        connection: The database.
        besides: Fields that the writer fills itself.
    Raises:
        UnknownName: the model has no such field.
        ProgrammingMistake: a field cannot be written in bulk.
    """

    def __init__(
        self,
        model: type[models.Model],
        names: Collection[str],
        connection: BaseDatabaseWrapper,
        besides: Collection[str] = (),
    ) -> None:
        rest = [field for field in model._meta.concrete_fields if field.name not in {*names, *besides}]
        self._fillings = [filling for field in rest if (filling := compile_filling(field, connection))]
        self._touchings = [filling for filling in self._fillings if filling.at_each_write]

        #: Those that the rows bring, in the order of ``prepare``.
        self.columns = tuple(column_of(model, name, connection) for name in sorted(names))
        #: Those that are filled when a row is inserted.
        self.filled = tuple(filling.column for filling in self._fillings)
        #: Those that are filled anew when a row is changed.
        self.touched = tuple(filling.column for filling in self._touchings)
        self._prepare = [(column.name, column.prepare) for column in self.columns]

    def prepare(self, values: Mapping[str, Any]) -> list[Prepared]:
        """
        Check the values of one row and prepare them.

        Raises:
            RecordProblem: values do not fit; it names every one.
        """
        prepared: list[Prepared] = []
        reasons = {}
        for name, prepare in self._prepare:
            try:
                prepared.append(prepare(values[name]))
            except Unfit as unfit:  # all of a row's reasons are wanted
                reasons[name] = unfit.reason
        if reasons:
            raise RecordProblem(reasons)
        return prepared

    def fill(self) -> list[Prepared]:
        """Return values for the columns ``filled`` of one row."""
        return [filling.make() for filling in self._fillings]

    def touch(self) -> list[Prepared]:
        """Return values for the columns ``touched`` of one row."""
        return [filling.make() for filling in self._touchings]
