"""What rows have in common that bring values for the same fields."""

from dataclasses import dataclass
from functools import cached_property

from dovetail.connector.writer.layout import Layout
from dovetail.connector.writer.links import Links


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """Where the values of such rows go."""

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
