"""People can read every colour on every ground, in light and in dark."""

import re
from pathlib import Path

import pytest

import dovetail.ui

STYLE = (Path(dovetail.ui.__file__).parent / "static/dovetail/ui/dovetail.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
)
GROUNDS = ("--ground", "--ground-side", "--surface", "--surface-sunken")
TEXTS = [(ink, ground) for ink in ("--ink", "--ink-muted", "--ink-faint", "--accent") for ground in GROUNDS]
TEXTS += [(f"--{tone}-ink", f"--{tone}-ground") for tone in ("neutral", "progress", "good", "warning", "bad")]
TEXTS += [("--ink", f"--{tone}-ground") for tone in ("neutral", "progress", "good", "warning", "bad")]
TEXTS += [(f"--{tone}-ink", "--surface") for tone in ("warning", "bad")]
TEXTS += [(f"--on-{fill}", f"--{fill}-fill{hover}") for fill in ("accent", "danger") for hover in ("", "-hover")]
SHAPES = [("--line-control", "--surface"), ("--accent", "--neutral-ground"), ("--accent", "--ground")]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(tokens: dict[str, str], ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_controls_stand_out_from_their_ground(tokens: dict[str, str], shape: str, ground: str) -> None:
    """WCAG 2.2, 1.4.11: at least 3 to 1 for fields, bars and focus rings."""
    assert contrast(tokens[shape], tokens[ground]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
