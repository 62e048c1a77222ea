"""The streams of a connection, on its page: where each stands, and the buttons to sync."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest

from dovetail.connector.problem import Problem, ProblemState
from dovetail.connector.registry import streams_of
from dovetail.connector.run import Run
from dovetail.connector.start import is_lost
from dovetail.connector.stream import Stream
from dovetail.integrations.models import Connection
from dovetail.integrations.panels import Panel, panels


@dataclass(frozen=True, kw_only=True)
class StreamRow:
    """One stream of a connection as its page shows it."""

    stream: type[Stream]
    run: Run | None
    """The newest run; None before the first."""
    problems: int
    """How many records stand aside."""
    is_stopped: bool
    """Whether the run stands still and must be resumed."""

    @property
    def is_working(self) -> bool:
        """Whether the run gets on just now."""
        return self.run is not None and self.run.is_working and not self.is_stopped


def panel_context(_request: HttpRequest, connection: Connection) -> Mapping[str, Any]:
    """Return what the panel shows."""
    runs = {run.stream: run for run in _newest_runs(connection)}
    problems = _open_problems(connection)
    rows = [
        StreamRow(
            stream=stream,
            run=runs.get(stream.name),
            problems=problems.get(stream.name, 0),
            is_stopped=stream.name in runs and is_lost(runs[stream.name]),
        )
        for stream in streams_of(connection.integration_id)
    ]
    return {"rows": rows, "is_moving": any(row.run and row.run.is_moving and not row.is_stopped for row in rows)}


def _newest_runs(connection: Connection) -> list[Run]:
    whole = Run.objects.filter(connection=connection, chosen_ids__isnull=True).order_by()
    newest = whole.values("stream").annotate(newest=Max("id")).values("newest")
    return list(Run.objects.filter(id__in=newest))


def _open_problems(connection: Connection) -> dict[str, int]:
    still_open = Problem.objects.filter(connection=connection, state=ProblemState.OPEN).order_by()
    return dict(still_open.values_list("stream").annotate(count=Count("id")))


panels.add(
    "streams",
    Panel(key="streams", template="dovetail/connector/streams.html", context=panel_context, order=10),
)
