"""One value that does not fit, and how that is said to people."""

import json
from typing import Any

from django.utils.translation import gettext as _

LONGEST_SHOWN = 60


class Unfit(ValueError):
    """
    A value does not fit where it should go.

    Args:
        reason: One sentence for people.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @classmethod
    def expected(cls, expected: object, value: object) -> "Unfit":
        """Say what was expected, in the words of ``expected``, and what came instead."""
        return cls(_("Expected %(expected)s, got %(value)s.") % {"expected": expected, "value": shown(value)})


def shown(value: Any) -> str:
    """Return a value as people may see it: as JSON, and not longer than a line."""
    text = json.dumps(value, ensure_ascii=False, default=str).encode(errors="backslashreplace").decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
