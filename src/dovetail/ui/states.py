"""The words for states, each with one colour and one label wherever it appears."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tone(StrEnum):
    """What a colour says."""

    NEUTRAL = "neutral"
    PROGRESS = "progress"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a state is shown."""

    tone: Tone
    label: str | Promise


_LOOKS: dict[str, Look] = {
    "connected": Look(tone=Tone.GOOD, label=_("Connected")),
    "unreachable": Look(tone=Tone.WARNING, label=_("Unreachable")),
    "needs_reconnect": Look(tone=Tone.BAD, label=_("Reconnect needed")),
    "not_connected": Look(tone=Tone.NEUTRAL, label=_("Not connected")),
    "enabled": Look(tone=Tone.GOOD, label=_("Enabled")),
    "disabled": Look(tone=Tone.NEUTRAL, label=_("Disabled")),
    "error": Look(tone=Tone.BAD, label=_("Error")),
    "ready": Look(tone=Tone.NEUTRAL, label=_("Ready")),
    "queued": Look(tone=Tone.NEUTRAL, label=_("Queued")),
    "running": Look(tone=Tone.PROGRESS, label=_("Running")),
    "waiting": Look(tone=Tone.WARNING, label=_("Waiting")),
    "paused": Look(tone=Tone.WARNING, label=_("Paused")),
    "completed": Look(tone=Tone.GOOD, label=_("Completed")),
    "completed_with_problems": Look(tone=Tone.WARNING, label=_("Completed with problems")),
    "successful": Look(tone=Tone.GOOD, label=_("Successful")),
    "failed": Look(tone=Tone.BAD, label=_("Failed")),
    "cancelled": Look(tone=Tone.NEUTRAL, label=_("Cancelled")),
    "never": Look(tone=Tone.NEUTRAL, label=_("Never run")),
    "open": Look(tone=Tone.WARNING, label=pgettext_lazy("a problem that is not solved", "Open")),
    "solved": Look(tone=Tone.GOOD, label=_("Solved")),
}


def look_of(state: str) -> Look:
    """
    Return how a state is shown.

    Args:
        state: A state's value in any case, such as ``"needs_reconnect"``, or the name of a tone.
    Returns:
        The look; a state that nobody described is neutral and labelled by its own words.
    """
    key = str(state).lower()
    if key in _LOOKS:
        return _LOOKS[key]
    tone = Tone(key) if key in set(Tone) else Tone.NEUTRAL
    return Look(tone=tone, label=key.replace("_", " ").capitalize())


def add_look(state: str, tone: Tone, label: str | Promise) -> None:
    """Describe a state, or describe a known one anew."""
    _LOOKS[state] = Look(tone=tone, label=label)
