"""How far a piece of work got."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A count of what is done, and of what there is to do when that is known."""

    done: int
    """How many pieces are done."""
    total: int | None = None
    """How many there are; None while nobody knows."""

    @property
    def percent(self) -> int | None:
        """Return 0 to 100, rounded down so that 100 means done; None while the total is unknown."""
        if self.total is None:
            return None
        if self.total <= 0:
            return 100
        return max(0, min(100, self.done * 100 // self.total))

    @property
    def text(self) -> str:
        """Say it in words: ``3,400 of 10,000``, or ``3,400`` while the total is unknown."""
        done = grouped(self.done)
        if self.total is None:
            return done
        return _("%(done)s of %(total)s") % {"done": done, "total": grouped(self.total)}


def grouped(number: float) -> str:
    """Write a number with the separators of the reader's language: ``10,000``."""
    return number_format(number, use_l10n=True, force_grouping=True)
