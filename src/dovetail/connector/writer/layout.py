"""Which columns of a table one kind of row brings, and which fill themselves."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.timezone import localdate, localtime

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.columns import Column, column_of, compile_column
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.rules import AnyField
from dovetail.core import clock
from dovetail.core.errors import RecordProblem

Fill = Callable[[], Prepared]


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
        own = {field.name: field for field in model._meta.concrete_fields}
        rest = [field for name, field in own.items() if name not in names and name not in besides]
        fills = {field: fill for field in rest if (fill := _fill_of(field))}

        #: Those that the rows bring, in the order of ``prepare``.
        self.columns = tuple(column_of(model, name, connection) for name in sorted(names))
        #: Those that are filled when a row is inserted.
        self.filled = tuple(compile_column(field, connection) for field in fills)
        #: Those that are filled anew when a row is changed.
        self.touched = tuple(column for column, field in zip(self.filled, fills, strict=True) if _is_touched(field))
        self._prepare = [(column.name, column.prepare) for column in self.columns]
        self._fill = [_prepared(fill, column) for column, fill in zip(self.filled, fills.values(), strict=True)]
        self._touch = [fill for fill, field in zip(self._fill, fills, strict=True) if _is_touched(field)]

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
        return [fill() for fill in self._fill]

    def touch(self) -> list[Prepared]:
        """Return values for the columns ``touched`` of one row."""
        return [fill() for fill in self._touch]


def _fill_of(field: AnyField) -> Callable[[], Any] | None:
    """Return what fills a column that the rows do not bring; None to leave that to the database."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return _now_as(field)
    if field.generated or field.db_default is not models.NOT_PROVIDED or isinstance(field, models.AutoField):
        return None
    if callable(field.default) or field.get_default() is not None:
        return field.get_default
    return None


def _now_as(field: AnyField) -> Callable[[], datetime | date | time]:
    if isinstance(field, models.DateTimeField):
        return clock.now
    if isinstance(field, models.DateField):
        return lambda: localdate(clock.now())
    return lambda: localtime(clock.now()).time()


def _is_touched(field: AnyField) -> bool:
    return bool(getattr(field, "auto_now", False))


def _prepared(fill: Callable[[], Any], column: Column) -> Fill:
    def filled() -> Prepared:
        value = fill()
        return None if value is None else column.prepare(value)  # whether None fits is for the database to say

    return filled
