"""Who lost a run to another process leaves it alone, whatever happens to it afterwards."""

from collections.abc import Callable

import pytest

from dovetail.connector.jobs import Worker
from dovetail.connector.perform import perform
from dovetail.connector.run import Run, RunState
from dovetail.connector.start import run_here
from dovetail.connector.turn import Turn
from dovetail.core.errors import Unreachable
from dovetail.integrations import link
from dovetail.integrations.models import Connection
from dovetail.jobs.models import Job
from tests.connector.shop import Items, ShopServer

pytestmark = pytest.mark.django_db

CLOSED = Unreachable("The shop is closed.")


def test_a_failure_after_the_run_was_taken_over_does_not_make_it_wait(shop: ShopServer, connection: Connection) -> None:
    """The process that holds the run now goes on undisturbed."""
    run = Items.sync(connection)
    shop.trouble("/items", then_closed(lambda: Turn.take(run.pk, run.turn)), CLOSED, CLOSED)

    assert not perform(run.pk, run.turn, host=Worker())

    run.refresh_from_db()
    assert (run.state, run.failures, run.turn, Job.objects.count()) == (RunState.RUNNING, 0, 1, 1)


def test_a_failure_after_the_connection_was_removed_ends_quietly(shop: ShopServer, connection: Connection) -> None:
    """There is no run left that could wait."""
    run = Items.sync(connection)
    shop.trouble("/items", then_closed(lambda: link.remove(connection)), CLOSED, CLOSED)

    assert not perform(run.pk, run.turn, host=Worker())

    assert not Run.objects.exists()


def test_who_does_a_run_here_does_not_take_it_back(shop: ShopServer, connection: Connection) -> None:
    """Two commands that took it from each other, page by page, would never get on."""
    shop.put_items(15)
    run = Items.sync(connection)
    shop.trouble("/items?page=2", lambda: Run.objects.filter(pk=run.pk).update(holder="another process"))

    returned = run_here(Items, connection)

    assert (returned.state, returned.pages, shop.asked.count("/items?page=2")) == (RunState.RUNNING, 1, 1)


def then_closed(happen: Callable[[], object]) -> Callable[[], object]:
    """Let something happen while the service is asked, and then fail."""

    def cause() -> object:
        happen()
        raise CLOSED

    return cause
