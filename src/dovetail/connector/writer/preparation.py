"""Makes rows ready to be written: which record each is about, whether it is new, and its values prepared."""

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from dovetail.connector.binding import Binding
from dovetail.connector.extras import OWN_NAMES
from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.columns import column_of
from dovetail.connector.writer.content import hash_content
from dovetail.connector.writer.layout import Layout
from dovetail.connector.writer.links import Links
from dovetail.connector.writer.plan import Plan, ReadyRow
from dovetail.connector.writer.rows import Row, RowProblem
from dovetail.connector.writer.sql import PageStatements
from dovetail.core.errors import ProgrammingMistake, RecordProblem, UnknownName

NONE: tuple[()] = ()
"""Shared by the many rows that have nothing of a kind."""


class KeyedRow(NamedTuple):
    """A row whose record is known, if there is one."""

    key: Any
    """What tells the record: its external id, or the prepared value of its key field."""
    content_hash: int
    """Equal for rows that bring the same; 0 without a binding to keep it."""
    row: Row
    """What was given."""


class Preparation:
    """
    Makes rows of one model ready.

    Args:
        record_model: The records' model.
        binding_model: Ties the records to their external ids; None when the records themselves have a key field.
        key: The name of that key field.
        fields: The fields that rows may bring; None for any.
        statements: Of the database.
    """

    def __init__(
        self,
        record_model: type[models.Model],
        binding_model: type[Binding] | None,
        *,
        key: str,
        fields: Collection[str] | None,
        statements: PageStatements,
    ) -> None:
        self.record_model = record_model
        self.binding_model = binding_model
        self.key = key
        self.fields = fields
        self.statements = statements
        self._plans: dict[tuple[tuple[str, ...], ...], Plan] = {}
        self._key_column = column_of(binding_model or record_model, key, statements.connection)

    def identify(self, rows: Iterable[Row]) -> tuple[list[KeyedRow], list[RowProblem]]:
        """
        Find out which record each row is about; of rows about the same one, the last counts.

        Returns:
            The rows in the order of their keys, which all processes share, so that none waits for another in a circle;
            and the rows that are about none.
        """
        found, problems = _apart(self._identify, rows)
        return sorted({one.key: one for one in found}.values(), key=itemgetter(0)), problems

    def prepare(self, rows: Iterable[KeyedRow]) -> tuple[list[ReadyRow], list[RowProblem]]:
        """
        Check the values of rows and prepare them.

        Returns:
            The rows in their order, and those that do not fit.
        """
        return _apart(self._prepare, rows)

    def _identify(self, row: Row) -> KeyedRow:
        if row.external_id == "":
            raise RecordProblem({self.key: _("The record has no id.")})
        try:
            key = self._key_column.prepare(row.external_id)
            return KeyedRow(key, hash_content(row) if self.binding_model else 0, row)
        except Unfit as unfit:
            raise RecordProblem({self.key: unfit.reason}) from unfit
        except (TypeError, ValueError, RecursionError) as error:
            raise RecordProblem({"": _("The record’s values cannot be compared: %s.") % error}) from error

    def _prepare(self, keyed: KeyedRow) -> ReadyRow:
        row = keyed.row
        plan = self._plan_of(row)
        values = plan.record.prepare(row.values)
        extras = plan.binding.prepare(row.extras) if row.extras else NONE
        many = [links.prepare(row.many[links.name]) for links in plan.many] if plan.many else NONE
        return ReadyRow(*keyed, plan, values, extras, many)

    def _plan_of(self, row: Row) -> Plan:
        shape = (tuple(row.values), tuple(row.extras), tuple(row.many))
        if shape not in self._plans:
            self._plans[shape] = self._make_plan(row.values, row.extras, row.many)
        return self._plans[shape]

    def _make_plan(self, values: Mapping[str, Any], extras: Mapping[str, Any], many: Mapping[str, Any]) -> Plan:
        if self.binding_model is None and (extras or many):
            raise ProgrammingMistake(
                f"Rows for {self.record_model._meta.label} bring links or extras, which need a binding."
            )
        if self.fields is not None and (unknown := sorted({*values, *extras, *many}.difference(self.fields))):
            raise UnknownName("field to be written", unknown[0], self.fields)
        meta, connection = self.record_model._meta, self.statements.connection
        assert meta.pk is not None
        own = {meta.pk.name} if self.binding_model else {meta.pk.name, self.key}
        return Plan(
            record=Layout(self.record_model, values, connection, besides=own),
            binding=self._binding_layout(extras),
            many=tuple(Links(self.record_model, name, self.statements) for name in sorted(many)),
        )

    def _binding_layout(self, names: Mapping[str, Any]) -> Layout:
        if self.binding_model is not None:
            return Layout(self.binding_model, names, self.statements.connection, besides=OWN_NAMES)
        every = {field.name for field in self.record_model._meta.concrete_fields}
        return Layout(self.record_model, (), self.statements.connection, besides=every)


Given = TypeVar("Given", Row, KeyedRow)
Made = TypeVar("Made")


def _apart(make: Callable[[Given], Made], rows: Iterable[Given]) -> tuple[list[Made], list[RowProblem]]:
    """Do something with each row, and set apart those with which it cannot be done."""
    made, problems = [], []
    for given in rows:
        try:
            made.append(make(given))
        except RecordProblem as problem:
            row = given.row if isinstance(given, KeyedRow) else given
            problems.append(RowProblem(external_id=row.external_id, reasons=problem.reasons, source=row.source))
    return made, problems
