"""One process's spell at a run.

A run may be asked for twice: a worker that was thought dead still lives, a person presses *Try now* while a job is on
its way. So each change of a run says who makes it, and only who took the run last can change it. A page is written in
the same transaction as its run's row; if that row is no longer ours, the page is undone.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from dovetail.connector.run import MOVING, Run, RunState
from dovetail.core import clock

PACE_WEIGHT = 0.2
"""How much the newest page counts in the pace that people see; little, so that the time left does not jump."""

LARGEST_COUNT = 2**63 - 1
"""What a counter's column holds."""


class TurnLost(Exception):
    """The run is no longer ours; what was begun is undone and nothing more is to be done."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of the records of one page."""

    fetched: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: int = 0


class Turn:
    """The right to change a run, until somebody else takes it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._holder = run.holder
        self._began = self._page_began = clock.monotonic()

    @classmethod
    def take(cls, run_id: int, number: int) -> "Turn | None":
        """
        Take a run.

        Args:
            run_id: The run's primary key.
            number: Which turn it is; an older one is stale.
        Returns:
            The turn; None when the run is over, paused, or at a later turn.
        """
        holder, now = uuid.uuid4().hex, clock.now()
        began = Coalesce(F("started_at"), Value(now), output_field=DateTimeField())
        due = Run.objects.filter(pk=run_id, turn=number, state__in=MOVING)
        if not due.update(holder=holder, state=RunState.RUNNING, started_at=began, touched_at=now, retry_at=None):
            return None
        run = Run.objects.select_related("connection").get(pk=run_id)
        return cls(run) if run.holder == holder else None

    @property
    def using(self) -> str:
        """The database in which the run is."""
        return self.run._state.db or DEFAULT_DB_ALIAS

    def lasted(self) -> timedelta:
        """Return how long this turn has taken."""
        return timedelta(seconds=clock.monotonic() - self._began)

    def refresh(self) -> None:
        """
        Read the run anew: what was undone with a page is still in memory.

        Raises:
            TurnLost: the run is no longer ours, or was removed.
        """
        found = Run.objects.using(self.using).filter(holder=self._holder)
        try:
            self.run.refresh_from_db(from_queryset=found)
        except Run.DoesNotExist:
            raise TurnLost from None

    def save_page(self, written: Written, *, resume: str | None, total: int | None) -> None:
        """
        Move the counters and the checkpoint behind a page; call it in the transaction that writes the page.

        Args:
            written: What became of the records.
            resume: Leads to the next page; None when this was the last, which completes the run.
            total: How many records there are, when the service tells.
        Raises:
            TurnLost: let the transaction be undone.
        """
        run = self.run
        moved: dict[str, Any] = {
            "fetched": run.fetched + written.fetched,
            "created": run.created + written.created,
            "updated": run.updated + written.updated,
            "unchanged": run.unchanged + written.unchanged,
            "problems": run.problems + written.problems,
            "pages": run.pages + 1,
            "pace": self._pace(written.fetched),
            "total": total if _is_count(total) else run.total,
            "checkpoint": {"resume": resume},
            "failures": 0,
            "reason": "",
        }
        if resume is None:
            moved |= self._completed(moved["problems"])
        self._save(**moved)

    def complete(self) -> None:
        """End the run; all records were read."""
        if self.run.is_active:
            self._save(**self._completed(self.run.problems))

    def hand_over(self) -> int:
        """Let the run go on in a next turn; return its number."""
        self._save(turn=self.run.turn + 1)
        return self.run.turn

    def wait(self, reason: str, retry_at: datetime) -> int:
        """Let the run go on in a next turn at a later time; return the turn's number."""
        self._save(
            state=RunState.WAITING,
            reason=reason,
            retry_at=retry_at,
            failures=self.run.failures + 1,
            turn=self.run.turn + 1,
        )
        return self.run.turn

    def pause(self, reason: str) -> None:
        """Leave the run until a person resumes it."""
        self._save(state=RunState.PAUSED, reason=reason, failures=self.run.failures + 1)

    def fail(self, reason: str) -> None:
        """End the run without having read all records."""
        self._save(state=RunState.FAILED, reason=reason, active_key=None, finished_at=clock.now())

    def _save(self, **values: Any) -> None:
        values["touched_at"] = clock.now()
        ours = Run.objects.filter(pk=self.run.pk, holder=self._holder, state=RunState.RUNNING)
        if not ours.update(**values):
            raise TurnLost
        for name, value in values.items():
            setattr(self.run, name, value)

    def _completed(self, problems: int) -> dict[str, Any]:
        state = RunState.COMPLETED_WITH_PROBLEMS if problems else RunState.COMPLETED
        return {"state": state, "active_key": None, "finished_at": clock.now(), "reason": ""}

    def _pace(self, records: int) -> float | None:
        now = clock.monotonic()
        took, self._page_began = now - self._page_began, now
        before = self.run.pace
        if took <= 0:
            return before
        newest = records / took
        return newest if before is None else before + PACE_WEIGHT * (newest - before)


def _is_count(total: int | None) -> bool:
    """Tell whether a service's total can be true; some say -1, or more than there is room for."""
    return total is not None and 0 <= total <= LARGEST_COUNT
