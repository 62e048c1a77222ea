"""Moments and durations in words."""

from datetime import datetime, timedelta

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

JUST_NOW = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)


def relative(moment: datetime, now: datetime) -> str:
    """
    Say how far a moment is from now: ``just now``, ``5 minutes ago``, ``in 2 hours``.

    Args:
        moment: An aware datetime.
        now: The present, aware.
    """
    if moment > now:
        return _("in %(distance)s") % {"distance": _distance(now, moment)}
    if now - moment < JUST_NOW:
        return _("just now")
    return _("%(distance)s ago") % {"distance": _distance(moment, now)}


def _distance(start: datetime, end: datetime) -> str:
    if end - start >= MINUTE:
        return timesince(start, end, depth=1)
    seconds = max(1, int((end - start).total_seconds()))
    return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
