"""The outside services, each in a process of its own."""

from collections.abc import Iterator

import pytest

from dovetail.integrations.models import Connection
from dovetail.testing.servers.coffee import CoffeeServer
from dovetail.testing.servers.roundup import RoundupTracker
from tests import needs

BREWS = 1200


@pytest.fixture
def machine() -> Iterator[CoffeeServer]:
    """A coffee machine that no other test has touched."""
    with CoffeeServer(brews=BREWS) as server:
        yield server


@pytest.fixture
def machine_connection(machine: CoffeeServer, db: None) -> Connection:
    """A connection to the coffee machine."""
    return Connection.objects.create(
        integration_id="coffee",
        name="Kitchen",
        address=machine.url,
        settings={"username": machine.username},
        credentials={"password": machine.password},
    )


@pytest.fixture(scope="session")
def tracker() -> Iterator[RoundupTracker]:
    """A real tracker with 1,000 issues; each test that edits takes issues of its own."""
    needs.roundup_server()
    with RoundupTracker(issues=1000) as server:
        yield server


@pytest.fixture
def tracker_connection(tracker: RoundupTracker, db: None) -> Connection:
    """A connection to the tracker."""
    return Connection.objects.create(
        integration_id="roundup",
        name="Bugs",
        address=tracker.url,
        settings={"username": tracker.username},
        credentials={"password": tracker.password},
    )
