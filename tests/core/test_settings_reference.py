"""The page that lists the settings lists them all, as the code has them."""

from importlib import import_module
from pathlib import Path

import pytest

from dovetail.core.settings import SettingsView, views

PAGE = Path(__file__).parents[2] / "docs/reference/settings.md"
import_module("dovetail.hub.options")
OURS = sorted((view for view in views if view.__module__.startswith("dovetail.")), key=lambda view: view.key_prefix)


def rows(view: type[SettingsView]) -> list[str]:
    """Return the lines of the page's table for the settings of a view."""
    return [
        f"| `{view.key(name)}` | `{field.get_default(call_default_factory=True, validated_data={})!r}` "
        f"| {field.description} |"
        for name, field in view.model_fields.items()
    ]


@pytest.mark.parametrize("view", OURS, ids=[view.key_prefix for view in OURS])
def test_the_page_lists_each_setting_with_its_default_and_description(view: type[SettingsView]) -> None:
    page = PAGE.read_text()
    assert [row for row in rows(view) if row not in page] == []
