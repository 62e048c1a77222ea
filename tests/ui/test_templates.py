"""What holds for the templates of every room."""

import re
from pathlib import Path

import pytest

import dovetail

HOUSE = Path(dovetail.__file__).parent
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
ICONS = {path.stem for path in (HOUSE / "ui/templates/dovetail/ui/icons").glob("*.svg")}
IDS = [str(path.relative_to(HOUSE)) for path in TEMPLATES]


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    """A content security policy of 'self' must do."""
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|hx-on", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_a_template_asks_no_other_host(path: Path) -> None:
    """Pages work in a closed network, and tell nobody who reads them."""
    assert not re.search(r"<(script|link|img|use|iframe)[^>]*(src|href)=[\"'](https?:)?//", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_icons_that_a_template_names_exist(path: Path) -> None:
    """A mistyped name would show a plug."""
    named = re.findall(r"{% (?:icon|empty_state) \"([\w-]+)\"", path.read_text())

    assert set(named) <= ICONS
