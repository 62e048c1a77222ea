"""Checks a value and gives it the form that the database stores, compiled once for each field.

Every value is treated as the field's own ``to_python``, ``validate`` and validators treat it, with two differences:
``blank`` is a rule for forms and is not asked here, and nothing is rounded or cut to make it fit. For common fields a
fast path decides the same without the ceremony.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.fast_paths import FAST_PATHS
from dovetail.connector.writer.prepared import Prepare, Prepared, as_prepared
from dovetail.connector.writer.rules import AnyField, check_validators, expectation
from dovetail.core.errors import ProgrammingMistake, UnknownName


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """The field's name."""
    db_column: str
    """The column's name."""
    db_type: str
    """The column's type, in the database's words."""
    prepare: Prepare
    """Checks a value and prepares it; raises Unfit."""


def compile_column(field: AnyField, connection: BaseDatabaseWrapper) -> Column:
    """
    Compile one field for one database.

    Raises:
        ProgrammingMistake: no column stands behind the field, or one whose values no page can carry.
    """
    db_type = _db_type(field, connection)
    if db_type is None or isinstance(field, models.BinaryField):
        raise ProgrammingMistake(f"The field {field} cannot be written in bulk.")
    assert field.column is not None
    prepare = compile_prepare(field, connection, null=field.null)
    return Column(name=field.name, db_column=field.column, db_type=db_type, prepare=prepare)


def column_of(model: type[models.Model], name: str, connection: BaseDatabaseWrapper) -> Column:
    """
    Compile one field of a model by its name.

    Raises:
        UnknownName: the model has no such field, or no column stands behind it.
        ProgrammingMistake: no page can carry its values.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    if name not in fields:
        raise UnknownName(f"plain field of {model._meta.label}", name, fields)
    return compile_column(fields[name], connection)


def compile_prepare(field: AnyField, connection: BaseDatabaseWrapper, *, null: bool) -> Prepare:
    """
    Compile what checks and prepares a field's values.

    Args:
        null: Whether None fits.
    """
    if isinstance(field, models.ForeignKey):
        # Whether the other record is there is for the database to say: to ask for each value would cost a query.
        return compile_prepare(field.target_field, connection, null=null)
    own_way = _own_way(field, connection, null=null)
    compile_fast = FAST_PATHS.get(type(field))  # exactly this class: a subclass may treat values otherwise
    fast = compile_fast(field, connection, own_way) if compile_fast else own_way
    return _only_choices(field, fast, own_way) if field.flatchoices else fast


def _own_way(field: AnyField, connection: BaseDatabaseWrapper, *, null: bool) -> Prepare:
    def prepare(value: Any) -> Prepared:
        cleaned = None if value is None else _cleaned(field, value)
        if cleaned is not None:
            return _prepared(field, field.get_db_prep_save(cleaned, connection))
        if null:
            return None
        raise Unfit.expected(expectation(field), value)

    return prepare


def _prepared(field: AnyField, value: Any) -> Prepared:
    try:
        return as_prepared(value)
    except TypeError as error:
        raise ProgrammingMistake(f"The field {field} cannot be written in bulk: {error}") from error


def _cleaned(field: AnyField, value: Any) -> Any:
    try:
        cleaned = field.to_python(value)
        if cleaned not in field.empty_values:  # of an empty one, validate() would ask whether forms allow it
            field.validate(cleaned, None)
    except (ValidationError, TypeError, ValueError, ArithmeticError) as error:
        raise Unfit.expected(expectation(field), value) from error
    check_validators(field, cleaned)
    return cleaned


def _only_choices(field: AnyField, fast: Prepare, own_way: Prepare) -> Prepare:
    choices = {value for value, label in field.flatchoices if isinstance(value, str | int)}
    return lambda value: fast(value) if isinstance(value, str | int) and value in choices else own_way(value)


def _db_type(field: AnyField, connection: BaseDatabaseWrapper) -> str | None:
    """Return a column's type; of a key that the database counts itself, the type of a column that points to it."""
    draws_numbers = isinstance(field, models.AutoField)
    return field.rel_db_type(connection) if draws_numbers else field.db_type(connection)
