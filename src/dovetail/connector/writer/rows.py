"""What goes into the page writer and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record to write."""

    external_id: str
    """The record's id on the service."""
    values: Mapping[str, Any]
    """Values by field; a foreign key's value is the other record's primary key."""
    extras: Mapping[str, Any] = field(default_factory=dict)
    """Values for columns of the binding."""
    many: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Primary keys of the other records, by many-to-many field."""
    source: Any = None
    """What the service sent; it is handed back with a problem."""


class Known(NamedTuple):
    """What a binding says about a record that is here already."""

    binding_key: Any
    """The binding's primary key, as the database returned it."""
    record_key: Any
    """The record's primary key, as the database returned it."""
    content_hash: int | None
    """Of the row that was written last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem:
    """A row that was not written."""

    external_id: str
    """The record's id on the service."""
    reasons: Mapping[str, str]
    """One sentence for each field that does not fit."""
    source: Any
    """What the service sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageResult:
    """What became of a page."""

    created_ids: list[Any] = field(default_factory=list)
    """Primary keys of the records that are new."""
    updated_ids: list[Any] = field(default_factory=list)
    """Primary keys of the records that were changed."""
    unchanged: int = 0
    """How many records were as they should be."""
    problems: list[RowProblem] = field(default_factory=list)
    """The rows that were not written."""

    def __add__(self, other: "PageResult") -> "PageResult":
        return PageResult(
            created_ids=self.created_ids + other.created_ids,
            updated_ids=self.updated_ids + other.updated_ids,
            unchanged=self.unchanged + other.unchanged,
            problems=self.problems + other.problems,
        )
