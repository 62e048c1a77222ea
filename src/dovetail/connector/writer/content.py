"""Tells whether a row brings anything new."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dovetail.connector.writer.rows import Row

HASH_BYTES = 8
"""What fits a BigIntegerField."""
NO_LINKS: dict[str, list[Any]] = {}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


canonical = json.JSONEncoder(sort_keys=True, check_circular=False, separators=(",", ":"), default=_plain).encode


def hash_content(row: Row) -> int:
    """
    Return a hash of what a row brings, as a signed 64-bit number.

    Names count too, so that a mapping that was extended writes every record anew.

    Raises:
        TypeError, ValueError, RecursionError: the row's values are not such as JSON knows.
    """
    many = {name: sorted(set(keys), key=str) for name, keys in row.many.items()} if row.many else NO_LINKS
    text = canonical([row.values, row.extras, many])
    # Of the good hashes the one that processors have instructions for.
    return int.from_bytes(sha256(text.encode()).digest()[:HASH_BYTES], signed=True)
