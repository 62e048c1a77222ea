"""walking-4: the service has a bad day; the run stops with the reason on its page, and no page waits for it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dovetail.testing.servers.coffee import CoffeeServer
from tests.acceptance.hub import Hub, Visitor, wait_until

pytestmark = [pytest.mark.acceptance("walking-4"), pytest.mark.process]

BREWS = 3000
PAGE_SECONDS = 3.0
"""More than a page takes on a busy machine, much less than a service that hangs."""


@pytest.fixture
def machine() -> Iterator[CoffeeServer]:
    with CoffeeServer(brews=BREWS) as machine:
        yield machine


@pytest.fixture
def hub(make_hub: Callable[..., Hub], sqlite_database: str, machine: CoffeeServer) -> Hub:
    hub = make_hub(sqlite_database)
    hub.connect("coffee", machine)
    hub.serve()
    return hub


def down(machine: CoffeeServer) -> None:
    machine.stop()


def switch(**switches: Any) -> Callable[[CoffeeServer], None]:
    return lambda machine: machine.switch(after_page=2, **switches)


@pytest.mark.parametrize(
    ("misbehave", "state", "words"),
    [
        (switch(status=503), "Waiting", ["503"]),
        (down, "Waiting", ["no connection could be made"]),
        (switch(status=429, retry_after="3600"), "Waiting", ["429"]),
        (switch(not_json=True), "Waiting", ["not JSON"]),
        (switch(auth_fail=True), "Paused", ["401", "Reconnect"]),
    ],
    ids=["503", "connection refused", "429 with a wait", "a page that is not JSON", "401"],
)
def test_the_run_stops_with_the_reason_on_its_page(
    hub: Hub, machine: CoffeeServer, misbehave: Callable[[CoffeeServer], None], state: str, words: list[str]
) -> None:
    visitor = Visitor(hub)
    misbehave(machine)
    run = hub.start_run("coffee", "brews")

    wait_until(lambda: state in visitor.text(f"/sync/runs/{run}/"), 60, state)

    page = visitor.text(f"/sync/runs/{run}/")

    assert all(word in page for word in words), page
    assert machine.password not in page


def test_a_service_that_hangs_keeps_no_page_waiting(hub: Hub, machine: CoffeeServer) -> None:
    visitor = Visitor(hub)
    machine.switch(slow_seconds=30)
    run = hub.start_run("coffee", "brews")
    wait_until(lambda: hub.run_row(run)["state"] == "running", 30, "a run at work")

    for path in ("/integrations/", "/sync/", f"/sync/runs/{run}/"):
        begin = time.monotonic()
        visitor.text(path)
        assert time.monotonic() - begin < PAGE_SECONDS, path


def test_a_run_that_waited_goes_on_by_itself_and_loses_nothing(hub: Hub, machine: CoffeeServer) -> None:
    machine.switch(status=503, after_page=2, times=6)
    run = hub.start_run("coffee", "brews")

    wait_until(lambda: hub.run_row(run)["finished_at"], 90, "the end of the run")

    row = hub.run_row(run)
    assert (row["state"], row["created"]) == ("completed", BREWS)
