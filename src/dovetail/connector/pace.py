"""How fast a run is and how long it will take, in numbers that do not jump."""

from datetime import timedelta
from math import ceil, floor, log10

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dovetail.connector.run import Run
from dovetail.ui.progress import grouped

FEW_SECONDS = 10
MINUTE = 60
HOUR = 3600


def pace_text(run: Run) -> str:
    """Say how fast a run is: ``1,900 records a second``; empty while that is not known."""
    if not run.pace or not run.is_moving:
        return ""
    rounded = _two_digits(run.pace)
    return _("%(count)s records a second") % {"count": grouped(rounded)}


def time_left_text(run: Run) -> str:
    """Say how long a run will still take: ``about 2 minutes left``; empty while that is not known."""
    left = run.time_left
    return "" if left is None else _rough(left)


def _two_digits(pace: float) -> float:
    if pace < 1:
        return round(pace, 1)
    unit = 10 ** max(0, floor(log10(pace)) - 1)
    return int(round(pace / unit) * unit)


def _rough(left: timedelta) -> str:
    seconds = ceil(left.total_seconds())
    if seconds <= FEW_SECONDS:
        return _("a few seconds left")
    if seconds <= MINUTE:
        tens = ceil(seconds / 10) * 10
        return _("about %(count)d seconds left") % {"count": tens}
    if seconds <= HOUR:
        minutes = ceil(seconds / MINUTE)
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {"count": minutes}
    hours = ceil(seconds / HOUR)
    return ngettext("about %(count)d hour left", "about %(count)d hours left", hours) % {"count": hours}
