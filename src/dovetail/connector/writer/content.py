"""Tells whether a row brings anything new."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from dovetail.connector.writer.rows import Row

HASH_BYTES = 8
"""What fits a BigIntegerField."""


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
    many = {name: sorted(set(keys), key=str) for name, keys in row.many.items()}
    text = canonical([row.values, row.extras, many])
    return int.from_bytes(blake2b(text.encode(), digest_size=HASH_BYTES).digest(), signed=True)
