"""Columns that fill themselves: defaults, and times of creation and change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.timezone import localdate, localtime

from dovetail.connector.writer.columns import Column, compile_column
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.rules import AnyField
from dovetail.core import clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Filling:
    """What fills one column of a row that brings no value for it."""

    column: Column
    """The column."""
    make: Callable[[], Prepared]
    """Returns the value for one row, prepared."""
    at_each_write: bool
    """Whether a row that is changed gets a new value, and not only one that is inserted."""


def compile_filling(field: AnyField, connection: BaseDatabaseWrapper) -> Filling | None:
    """Return what fills a column; None to leave that to the database."""
    at_each_write = bool(getattr(field, "auto_now", False))
    if at_each_write or getattr(field, "auto_now_add", False):
        give: Callable[[], Any] = _now_as(field)
    elif field.generated or field.db_default is not models.NOT_PROVIDED or isinstance(field, models.AutoField):
        return None
    elif field.has_default() and callable(field.default):
        give = field.get_default
    elif field.get_default() is None:
        return None
    else:
        return _constant(field, connection)
    column = compile_column(field, connection)
    return Filling(column=column, make=lambda: _prepared(column, give()), at_each_write=at_each_write)


def _constant(field: AnyField, connection: BaseDatabaseWrapper) -> Filling:
    column = compile_column(field, connection)
    value = column.prepare(field.get_default())
    return Filling(column=column, make=lambda: value, at_each_write=False)


def _prepared(column: Column, value: Any) -> Prepared:
    return None if value is None else column.prepare(value)  # whether None fits is for the database to say


def _now_as(field: AnyField) -> Callable[[], datetime | date | time]:
    if isinstance(field, models.DateTimeField):
        return clock.now
    if isinstance(field, models.DateField):
        return lambda: localdate(clock.now())
    return lambda: localtime(clock.now()).time()
