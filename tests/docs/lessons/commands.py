"""The shop's own verb can be called."""

from io import StringIO
from typing import Any

from django.core.management import call_command


def given() -> dict[str, Any]:
    return {}


def then(names: dict[str, Any]) -> None:
    printed = StringIO()
    call_command("dovetail", "count-orders", stdout=printed)
    assert printed.getvalue() == "0 orders\n"
