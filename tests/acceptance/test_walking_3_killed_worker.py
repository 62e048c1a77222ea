"""walking-3: a worker killed at page k; the run resumes at that page, and no record is doubled or missing."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from dovetail.testing.servers.coffee import CoffeeServer
from tests.acceptance.hub import Hub, kill, wait_until

pytestmark = [pytest.mark.acceptance("walking-3"), pytest.mark.process]

BREWS = 10_000
LEASE = {"DOVETAIL_JOBS_LEASE_SECONDS": "3", "DOVETAIL_JOBS_HEARTBEAT_SECONDS": "1"}


def test_a_run_whose_worker_is_killed_goes_on_at_the_page_it_had_reached(
    make_hub: Callable[..., Hub], database: str
) -> None:
    with CoffeeServer(brews=BREWS) as machine:
        hub = make_hub(database, **LEASE)
        hub.connect("coffee", machine)
        machine.switch(slow_seconds=0.2)
        run = hub.start_run("coffee", "brews")

        worker = hub.work()
        wait_until(lambda: hub.run_row(run)["pages"] >= 3, 60, "three pages", worker)
        kill(worker)
        pages_before = hub.run_row(run)["pages"]
        assert pages_before < BREWS // 500, "the run was over before the worker was killed"
        machine.reset()

        worker = hub.work()
        row = wait_until(lambda: over(hub.run_row(run)), 60, "the end of the run", worker)

        assert (row["state"], row["created"], row["updated"], row["fetched"]) == ("completed", BREWS, 0, BREWS)
        first, *_ = pages = [int(call["query"].get("page", 1)) for call in machine.calls() if call["path"] == "/brews"]
        assert first in (pages_before + 1, pages_before), "it goes on at the page it had reached"
        assert all(later == earlier + 1 for earlier, later in pairwise(pages)), pages
        assert_exact(hub, BREWS)


def over(row: dict[str, object]) -> dict[str, object] | None:
    return row if row["finished_at"] else None


def assert_exact(hub: Hub, count: int) -> None:
    """Each brew once, each bound once, to the record that has its title."""
    assert hub.query("SELECT count(*) FROM dovetail_coffee_brew") == [[count]]
    assert hub.query(
        "SELECT count(*), count(DISTINCT external_id), count(DISTINCT record_id) FROM dovetail_coffee_brewbinding"
    ) == [[count, count, count]]
    assert hub.query(
        "SELECT count(*) FROM dovetail_coffee_brew WHERE id NOT IN (SELECT record_id FROM dovetail_coffee_brewbinding)"
    ) == [[0]]
