"""Rows that are ready to be written, and where their values go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from dovetail.connector.writer.layout import Layout
from dovetail.connector.writer.links import Links
from dovetail.connector.writer.prepared import Prepared
from dovetail.connector.writer.rows import Row


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """Where the values of rows go that bring the same fields."""

    record: Layout
    """The record's table."""
    binding: Layout
    """The binding's table; without columns when there is no binding."""
    many: tuple[Links, ...]
    """The tables behind many-to-many fields."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The record's fields that the rows bring."""
        return frozenset([column.name for column in self.record.columns] + [links.name for links in self.many])


class ReadyRow(NamedTuple):
    """A row, ready to be written."""

    key: Any
    """What tells the record."""
    content_hash: int
    """To be kept on the binding."""
    row: Row
    """What was given."""
    plan: Plan
    """Where the values go."""
    values: list[Prepared]
    """For ``plan.record``."""
    extras: Sequence[Prepared]
    """For ``plan.binding``."""
    many: Sequence[Sequence[Prepared]]
    """For ``plan.many``."""


def by_plan(rows: Iterable[ReadyRow]) -> Iterator[tuple[Plan, list[ReadyRow]]]:
    """Group rows by their plan; as a rule all rows of a page have one."""
    groups: dict[Plan, list[ReadyRow]] = {}
    for row in rows:
        groups.setdefault(row.plan, []).append(row)
    yield from groups.items()
