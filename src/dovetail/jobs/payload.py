"""What a job may take and return: small JSON that every database can hold."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from dovetail.jobs.tasks import normalize_json

LARGEST_BYTES = 4 * 1024 * 1024
LONGEST_TRACEBACK = 20_000
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def normalize(value: Any) -> Any:
    """
    Return the value as JSON gives it back: tuples as lists, keys as text.

    Raises:
        TypeError: it holds something that JSON does not know; pass its id or its text instead.
        ValueError: a database would refuse it, or it is larger than ``LARGEST_BYTES``; pass an id instead.
    """
    if value is None:
        return None
    normal = normalize_json(value)
    text = json.dumps(normal, ensure_ascii=False, allow_nan=False)
    if len(text.encode()) > LARGEST_BYTES:
        raise ValueError(_("The value is larger than a job may carry; store it and pass its id."))
    if "\\u0000" in text and _NUL.search(text):
        raise ValueError(_("The value holds a NUL character, which databases refuse."))
    return normal


def storable_text(text: str) -> str:
    """Return the end of the text, without the characters that databases refuse."""
    shown = text[-LONGEST_TRACEBACK:].replace("\0", "\N{REPLACEMENT CHARACTER}")
    return shown.encode(errors="replace").decode()
