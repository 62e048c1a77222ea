"""Starting, resuming and cancelling runs: what a person, a schedule or a program asks for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db import router, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dovetail.connector.host import Host
from dovetail.connector.jobs import enqueue, import_stream
from dovetail.connector.perform import perform
from dovetail.connector.run import ACTIVE, MOVING, Run, RunState
from dovetail.connector.settings import ConnectorSettings
from dovetail.core import clock
from dovetail.integrations.models import Connection
from dovetail.jobs.tasks import TaskResultDoesNotExist

if TYPE_CHECKING:
    from dovetail.connector.stream import Stream


def start_run(
    stream: "type[Stream]",
    connection: Connection,
    *,
    requested_by: str = "",
    chosen_ids: Sequence[str] | None = None,
) -> Run:
    """
    Ask for a run and return at once; a worker does it.

    Args:
        stream: What to bring in.
        connection: From where.
        requested_by: Who asked, for people.
        chosen_ids: Only these records, read again one by one; None means all.
    Returns:
        A new run, or the one that is active already: of each stream one is at work on a connection.
    """
    with transaction.atomic(_database()):
        run, is_new = _active_or_new(stream, connection, requested_by, chosen_ids)
        if is_new or is_lost(run):
            _next_turn(run)
            enqueue(run)
    return run


def run_here(
    stream: "type[Stream]",
    connection: Connection,
    *,
    requested_by: str = "",
    host: Host | None = None,
) -> Run:
    """
    Do a run in this thread, waits included, and return it when it is over or paused.

    A run that is active already is taken over from whoever works on it, and a paused one is resumed. Ctrl-C pauses it.
    Who loses it to another process returns it as it stands: two that took it from each other would never get on.
    """
    with transaction.atomic(_database()):
        run, _is_new = _active_or_new(stream, connection, requested_by, chosen_ids=None)
        _requeue(run, ACTIVE)
    try:
        is_ours = True
        while is_ours and run.is_moving:
            _wait_until(run.retry_at)
            is_ours = perform(run.pk, run.turn, host=host or Host())
            run.refresh_from_db()
    except KeyboardInterrupt:
        _pause(run)
        raise
    return run


def resume_run(run: Run) -> bool:
    """
    Let a paused run go on, a waiting one without more waiting, and a stopped one again.

    Returns:
        Whether it goes on; a run that is over does not, and one that is at work needs no help.
    """
    states = ACTIVE if is_lost(run) else (RunState.PAUSED, RunState.WAITING)
    with transaction.atomic(_database()):
        if not _requeue(run, states):
            return False
        enqueue(run)
    return True


def cancel_run(run: Run) -> bool:
    """
    End a run; the page that is being written just now is undone.

    Returns:
        Whether there was something to end.
    """
    now = clock.now()
    ended = {"state": RunState.CANCELLED, "reason": "", "retry_at": None, "active_key": None, "finished_at": now}
    return bool(Run.objects.filter(pk=run.pk, state__in=ACTIVE).update(**ended))


def is_lost(run: Run) -> bool:
    """Tell whether a run stands still because whoever worked on it is gone and no job will come to it."""
    if not run.is_moving:
        return False
    quiet_since = max(run.touched_at, run.retry_at or run.touched_at)
    patience = timedelta(seconds=ConnectorSettings.current().lost_after_seconds)
    return clock.now() > quiet_since + patience and not _has_job(run)


def _active_or_new(
    stream: "type[Stream]", connection: Connection, requested_by: str, chosen_ids: Sequence[str] | None
) -> tuple[Run, bool]:
    return Run.objects.get_or_create(
        active_key=_active_key(stream, connection, chosen_ids),
        defaults={
            "connection": connection,
            "stream": stream.name,
            "requested_by": requested_by,
            "chosen_ids": None if chosen_ids is None else list(chosen_ids),
        },
    )


def _active_key(stream: "type[Stream]", connection: Connection, chosen_ids: Sequence[str] | None) -> str:
    key = f"{connection.pk}:{stream.name}"
    if chosen_ids is None:
        return key
    return f"{key}:{blake2b(repr(sorted(chosen_ids)).encode(), digest_size=16).hexdigest()}"


def _next_turn(run: Run) -> None:
    moving = Run.objects.filter(pk=run.pk, state__in=MOVING)
    moving.update(turn=F("turn") + 1, touched_at=clock.now())
    run.refresh_from_db()


def _has_job(run: Run) -> bool:
    try:
        return bool(run.job_id) and not import_stream.get_result(run.job_id).is_finished
    except (TaskResultDoesNotExist, NotImplementedError):  # not every tasks backend can tell
        return False


def _wait_until(moment: datetime | None) -> None:
    if moment is not None:
        clock.sleep(max(0.0, (moment - clock.now()).total_seconds()))


def _pause(run: Run) -> None:
    reason = _("It was interrupted where it ran.")
    Run.objects.filter(pk=run.pk, state__in=MOVING).update(state=RunState.PAUSED, reason=reason, retry_at=None)


def _requeue(run: Run, states: Sequence[str]) -> bool:
    queued: dict[str, Any] = {"state": RunState.QUEUED, "reason": "", "retry_at": None, "failures": 0}
    stopped = Run.objects.filter(pk=run.pk, state__in=states)
    if not stopped.update(turn=F("turn") + 1, touched_at=clock.now(), **queued):
        return False
    run.refresh_from_db()
    return True


def _database() -> str:
    return router.db_for_write(Run)
