"""A run survives what happens: a killed worker, a service that is away, a person who cancels, a second request."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from django.db import OperationalError
from django.db import connection as database

from dovetail.connector.jobs import Worker
from dovetail.connector.perform import perform
from dovetail.connector.run import Run, RunState
from dovetail.connector.start import cancel_run, is_lost, resume_run, start_run
from dovetail.connector.turn import Turn, TurnLost, Written
from dovetail.core.errors import Unreachable
from dovetail.integrations.models import Connection, ConnectionState
from dovetail.jobs.models import Job
from dovetail.jobs.tasks import TaskResultStatus
from dovetail.testing.clock import FrozenClock
from dovetail.testing.jobs import run_jobs
from tests.connector.app.models import Item, ItemBinding
from tests.connector.shop import Items, ShopServer

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for ``kill -9``: nothing that follows in the program runs, as far as the run is concerned."""


def test_a_worker_does_the_run(shop: ShopServer, connection: Connection) -> None:
    """``sync()`` only asks; nothing is called before a worker takes the job."""
    shop.put_items(25)

    run = Items.sync(connection, requested_by="ada")
    assert (run.state, run.requested_by, shop.asked) == (RunState.QUEUED, "ada", [])

    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.created, run.active_key) == (RunState.COMPLETED, 25, None)


def test_a_second_request_gets_the_active_run(shop: ShopServer, connection: Connection) -> None:
    """Of each stream one run is at work; when it is over, there is a new one."""
    first = Items.sync(connection)
    assert Items.sync(connection) == first
    assert Job.objects.count() == 1

    run_jobs()
    assert Items.sync(connection) != first


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_run_whose_worker_was_killed_goes_on_at_that_page(
    shop: ShopServer, connection: Connection, page: int
) -> None:
    """The pages that were written are not asked for again; no record is doubled, none is missing."""
    shop.put_items(35)
    path = "/items" if page == 1 else f"/items?page={page}"
    shop.trouble(path, Killed())
    run = Items.sync(connection)
    with pytest.raises(Killed):
        perform(run.pk, run.turn, host=Worker())
    run.refresh_from_db()
    assert (run.state, run.pages, Item.objects.count()) == (RunState.RUNNING, page - 1, (page - 1) * 10)
    shop.asked.clear()

    perform(run.pk, run.turn, host=Worker())

    run.refresh_from_db()
    assert shop.asked[0] == path
    assert (run.state, run.pages, run.fetched, run.created) == (RunState.COMPLETED, 4, 35, 35)
    assert Item.objects.count() == ItemBinding.objects.count() == 35


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("total", [-1, 10**20])
def test_a_total_that_cannot_be_true_stops_no_run(shop: ShopServer, connection: Connection, total: int) -> None:
    run = Items.sync(connection)
    taken = Turn.take(run.pk, run.turn)
    assert taken is not None

    taken.save_page(Written(fetched=10, created=10), resume="x", total=total)

    run.refresh_from_db()
    assert (run.fetched, run.total) == (10, None)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_cut_off_leaves_nothing(shop: ShopServer, connection: Connection) -> None:
    """Records, counters and checkpoint are one transaction."""
    shop.put_items(15)
    run = Items.sync(connection)
    taken = Turn.take(run.pk, run.turn)
    assert taken is not None
    cancel_run(run)

    with pytest.raises(TurnLost):
        taken.save_page(Written(fetched=10, created=10), resume="x", total=15)

    run.refresh_from_db()
    assert (run.fetched, run.checkpoint) == (0, {})


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (httpx2.Response(503), "503"),
        (httpx2.ConnectError("refused"), "no connection could be made"),
        (httpx2.ReadTimeout("late"), "did not come in time"),
        (httpx2.Response(200, content="<h1>Maintenance</h1>", headers={"content-type": "text/html"}), "not JSON"),
        (OperationalError("database is locked"), "The database did not take a page (OperationalError)."),
    ],
)
def test_a_run_waits_when_the_service_is_away(
    shop: ShopServer, connection: Connection, frozen: FrozenClock, trouble: Exception, words: str
) -> None:
    """The reason and the time of the next attempt are told; then the run goes on where it was."""
    shop.put_items(25)
    shop.trouble("/items?page=2", *[trouble] * 3)
    run = Items.sync(connection)

    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.failures, run.pages) == (RunState.WAITING, 1, 1)
    assert words in run.reason
    assert run.retry_at is not None
    assert run.retry_at >= frozen.now()

    frozen.advance(timedelta(minutes=1))
    while run.state == RunState.WAITING:
        run_jobs()
        frozen.advance(timedelta(minutes=1))
        run.refresh_from_db()
    assert (run.state, run.failures, run.reason, run.created) == (RunState.COMPLETED, 0, "", 25)
    assert shop.asked.count("/items") == 1


def test_a_wait_that_the_service_asks_for_is_obeyed(
    shop: ShopServer, connection: Connection, frozen: FrozenClock
) -> None:
    """Not a second earlier does the run ask again, and no worker is held meanwhile."""
    shop.put_items(5)
    shop.trouble("/items", httpx2.Response(429, headers={"retry-after": "90"}))
    run = Items.sync(connection)

    run_jobs()

    run.refresh_from_db()
    assert (run.state, frozen.sleeps) == (RunState.WAITING, [])
    assert run.retry_at is not None
    assert run.retry_at - frozen.now() >= timedelta(seconds=90)
    frozen.advance(timedelta(seconds=89))
    run_jobs()
    assert shop.asked == ["/items"]
    frozen.advance(timedelta(seconds=3))
    run_jobs()
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED


def test_a_run_that_gets_nowhere_is_paused(shop: ShopServer, connection: Connection, frozen: FrozenClock) -> None:
    """After so many failures in a row it leaves the service alone until a person resumes it."""
    shop.put_items(5)
    shop.trouble("/items", *[Unreachable("The shop is closed.")] * 60)

    run = Items.sync(connection, wait=True)

    assert (run.state, run.failures) == (RunState.PAUSED, 20)
    assert run.reason == "Gave up after 20 failures in a row. The last one: The shop is closed."
    assert Items.sync(connection) == run
    shop.troubles.clear()
    assert resume_run(run)
    run_jobs()
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED


def test_refused_credentials_pause_the_run_and_mark_the_connection(shop: ShopServer, connection: Connection) -> None:
    """Asking again could lock the account; when the run gets through, the connection is fine again."""
    shop.put_items(15)
    shop.trouble("/items?page=2", httpx2.Response(401))

    run = Items.sync(connection, wait=True)

    connection.refresh_from_db()
    assert (run.state, connection.state) == (RunState.PAUSED, ConnectionState.NEEDS_RECONNECT)
    assert "401" in run.reason
    assert run.reason == connection.reason
    assert resume_run(run)
    run_jobs()
    run.refresh_from_db()
    connection.refresh_from_db()
    assert (run.state, run.created, connection.state) == (RunState.COMPLETED, 15, ConnectionState.CONNECTED)


def test_a_request_that_will_never_succeed_fails_the_run(shop: ShopServer, connection: Connection) -> None:
    """The list is not there: the run ends and says so."""
    shop.trouble("/items", httpx2.Response(404))

    run = Items.sync(connection, wait=True)

    assert (run.state, run.active_key) == (RunState.FAILED, None)
    assert "404" in run.reason


def test_a_mistake_in_the_program_fails_the_run_without_telling_secrets(
    shop: ShopServer, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """People read what kind of mistake it was; the log has the rest."""
    shop.trouble("/items", ZeroDivisionError("hunter2"))

    run = Items.sync(connection, wait=True)

    assert run.state == RunState.FAILED
    assert "ZeroDivisionError" in run.reason
    assert "hunter2" not in run.reason
    assert "hunter2" in caplog.text


def test_a_cancelled_run_stops_at_the_next_page(shop: ShopServer, connection: Connection) -> None:
    """What has arrived stays; what is being written is undone."""
    shop.put_items(25)
    run = Items.sync(connection)
    shop.trouble("/items?page=2", lambda: cancel_run(run))
    run_jobs()

    run.refresh_from_db()
    assert (run.state, run.fetched, Item.objects.count()) == (RunState.CANCELLED, 10, 10)
    assert Job.objects.filter(status=TaskResultStatus.FAILED).count() == 0
    assert not resume_run(run)


def test_trying_now_makes_the_waiting_job_stale(shop: ShopServer, connection: Connection, frozen: FrozenClock) -> None:
    """The job that was to come later does nothing when its time has come."""
    shop.put_items(5)
    shop.trouble("/items", httpx2.Response(429, headers={"retry-after": "90"}))
    run = Items.sync(connection)
    run_jobs()
    run.refresh_from_db()

    frozen.advance(timedelta(seconds=100))  # the client itself holds back until then
    assert resume_run(run)
    assert len(run_jobs()) == 2
    run.refresh_from_db()
    assert (run.state, run.pages) == (RunState.COMPLETED, 1)


def test_who_took_the_run_last_holds_it(shop: ShopServer, connection: Connection) -> None:
    """A worker that was thought dead can write no more; not even for the same turn."""
    run = start_run(Items, connection)
    slow = Turn.take(run.pk, run.turn)
    quick = Turn.take(run.pk, run.turn)
    assert slow is not None
    assert quick is not None

    quick.save_page(Written(fetched=1), resume="2", total=None)
    with pytest.raises(TurnLost):
        slow.save_page(Written(fetched=1), resume="2", total=None)

    run.refresh_from_db()
    assert run.fetched == 1


def test_a_long_run_lets_other_jobs_come_first(shop: ShopServer, connection: Connection, frozen: FrozenClock) -> None:
    """After its time it goes on in a new job, and a crash counts anew."""
    shop.put_items(35)
    shop.trouble("/items?page=2", lambda: frozen.advance(timedelta(seconds=61)))
    run = Items.sync(connection)

    assert len(run_jobs()) == 2

    run.refresh_from_db()
    assert (run.state, run.turn, run.created, shop.asked.count("/items?page=2")) == (RunState.COMPLETED, 2, 35, 1)


def test_a_run_without_anyone_counts_as_stopped_and_can_be_resumed(
    shop: ShopServer, connection: Connection, frozen: FrozenClock
) -> None:
    """A job that failed because it killed its workers leaves no run behind that is at work for ever."""
    shop.put_items(5)
    run = Items.sync(connection)
    Job.objects.update(status=TaskResultStatus.FAILED)
    assert not is_lost(run)

    frozen.advance(timedelta(minutes=5))
    assert is_lost(run)
    assert Items.sync(connection) == run
    run_jobs()
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED


def test_a_run_whose_job_waits_in_a_long_queue_is_not_stopped(
    shop: ShopServer, connection: Connection, frozen: FrozenClock
) -> None:
    """Time alone says nothing."""
    run = Items.sync(connection)
    frozen.advance(timedelta(hours=5))
    assert not is_lost(run)


def test_ctrl_c_pauses_a_run_at_the_terminal(shop: ShopServer, connection: Connection) -> None:
    """The next one goes on where it was interrupted."""
    shop.put_items(25)
    shop.trouble("/items?page=3", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        Items.sync(connection, wait=True)
    assert Run.objects.get().state == RunState.PAUSED

    run = Items.sync(connection, wait=True)

    assert (run.state, run.created, shop.asked.count("/items")) == (RunState.COMPLETED, 25, 1)


@pytest.mark.django_db(transaction=True)
def test_a_run_outlasts_a_database_that_cannot_even_note_that_it_waits(
    shop: ShopServer, connection: Connection, frozen: FrozenClock
) -> None:
    """As when PostgreSQL is restarted: the job comes again and takes the same turn."""
    shop.put_items(15)
    run = Items.sync(connection)

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "dovetail_connector" in sql:
            raise OperationalError("the connection is closed")
        return execute(sql, *rest)

    with ExitStack() as outage:
        shop.trouble("/items?page=2", lambda: outage.enter_context(database.execute_wrapper(refuse)))
        (result,) = run_jobs()
    assert result.status == TaskResultStatus.READY

    frozen.advance(timedelta(minutes=1))
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.created, shop.asked.count("/items")) == (RunState.COMPLETED, 15, 1)
