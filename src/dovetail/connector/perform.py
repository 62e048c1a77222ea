"""One turn at a run, and what becomes of the run when the turn ends early."""

import logging
from contextlib import closing
from datetime import timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from dovetail.connector.host import Host
from dovetail.connector.importer import Importer
from dovetail.connector.run import Run
from dovetail.connector.settings import ConnectorSettings
from dovetail.connector.turn import Turn, TurnLost
from dovetail.connector.work import work_on
from dovetail.core import clock
from dovetail.core.changes import writing_as
from dovetail.core.errors import DovetailError, TransientError, UserActionRequired
from dovetail.core.retry import RetryPolicy
from dovetail.integrations.models import ConnectionState

logger = logging.getLogger("dovetail.connector")

BRIEF = RetryPolicy(attempts=3, base_delay=timedelta(seconds=0.2), max_wait=timedelta(seconds=2))
"""How calls are repeated on the spot; a longer wait is the run's, so that people see it and the worker is free."""

PASSING = (TransientError, OperationalError, InterfaceError, IntegrityError)
"""Errors after which the same page may succeed; who deletes a record meanwhile breaks a foreign key only once."""


def perform(run_id: int, number: int, *, host: Host) -> bool:
    """
    Work on a run in this thread.

    Args:
        run_id: The run's primary key.
        number: Which turn it is; a stale one does nothing.
        host: Who works on it.
    Returns:
        Whether the turn was ours from its begin to its end; if not, another process has the run, or it is over.
    """
    turn = Turn.take(run_id, number)
    if turn is None:
        return False
    try:
        with writing_as(f"{turn.run.connection.scope}/run:{turn.run.uuid}"):
            _work(turn, host)
    except TurnLost:
        logger.info("run %s was cancelled or taken over", turn.run.uuid)
        return False
    return True


def _work(turn: Turn, host: Host) -> None:
    try:
        _import_pages(turn, host)
    except TurnLost:
        raise
    except PASSING as error:
        _wait_or_pause(turn, host, error)
    except UserActionRequired as error:
        turn.pause(str(error))
        turn.run.connection.mark(ConnectionState.NEEDS_RECONNECT, str(error))
    except DovetailError as error:
        turn.fail(str(error))
    except Exception as error:  # whatever an adapter or the database raises ends the run, not the worker
        logger.exception("run %s failed", turn.run.uuid)
        text = _("The program failed while it worked on this run (%(kind)s); the log says where.")
        turn.fail(text % {"kind": type(error).__name__})


def _import_pages(turn: Turn, host: Host) -> None:
    run = turn.run
    with work_on(run.connection, run.stream_class, run=run) as work:
        work.client.retry = BRIEF
        with closing(Importer(work, turn).pages()) as pages:
            for _page in pages:
                _note_that_it_answers(run)
                host.show(run)
                if run.is_active and host.ends_turn(turn):
                    return _hand_over(turn, host)
    return None


def _hand_over(turn: Turn, host: Host) -> None:
    with transaction.atomic(turn.using):
        turn.hand_over()
        host.schedule(turn.run, None)


def _wait_or_pause(turn: Turn, host: Host, error: Exception) -> None:
    turn.refresh()
    run = turn.run
    delay = _patience().delay(run.failures + 1, error)
    if delay is None:
        text = _("Gave up after %(count)d failures in a row. The last one: %(reason)s")
        return turn.pause(text % {"count": run.failures + 1, "reason": _reason(error)})
    retry_at = clock.now() + delay
    with transaction.atomic(turn.using):
        turn.wait(_reason(error), retry_at)
        host.schedule(run, retry_at)
    return host.show(run)


def _patience() -> RetryPolicy:
    settings = ConnectorSettings.current()
    return RetryPolicy(
        attempts=settings.failures_before_pause,
        base_delay=timedelta(seconds=settings.first_wait_seconds),
        max_delay=timedelta(seconds=settings.longest_wait_seconds),
        max_wait=timedelta(days=1),
        exceptions=PASSING,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, DovetailError):
        return str(error)
    return _("The database did not take a page (%(kind)s).") % {"kind": type(error).__name__}


def _note_that_it_answers(run: Run) -> None:
    if run.connection.state != ConnectionState.CONNECTED:
        run.connection.mark(ConnectionState.CONNECTED)
