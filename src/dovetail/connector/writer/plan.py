"""What rows have in common that bring values for the same fields."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from dovetail.connector.writer.layout import Layout
from dovetail.connector.writer.links import Links

HASH_BYTES = 8
"""What fits a BigIntegerField."""


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

    def hash(self, content: Any) -> int:
        """
        Return a hash of prepared values as a signed 64-bit number.

        It differs when the rows bring other fields, so that a mapping that was extended writes every record anew.
        """
        text = json.dumps(content, separators=(",", ":"))
        digest = blake2b(text.encode(), digest_size=HASH_BYTES, key=self._signature).digest()
        return int.from_bytes(digest, signed=True)

    @cached_property
    def _signature(self) -> bytes:
        names = [sorted(self.names), [column.name for column in self.binding.columns]]
        return blake2b(json.dumps(names).encode(), digest_size=blake2b.MAX_KEY_SIZE).digest()
