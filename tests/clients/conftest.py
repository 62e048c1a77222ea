"""A bad server and a client for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from dovetail.clients import Client
from dovetail.clients.transport import close_connections
from dovetail.core.retry import RetryPolicy
from dovetail.testing.clock import FrozenClock, use_clock
from dovetail.testing.servers.faults import FaultServer

ONCE = RetryPolicy(attempts=1)


class CoffeeClient(Client):
    """The client that these tests call with."""

    service = "coffee"
    timeout = timedelta(seconds=5)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running
    close_connections()


@pytest.fixture
def clock() -> Iterator[FrozenClock]:
    with use_clock(FrozenClock()) as frozen:
        yield frozen


@pytest.fixture
def make_client(server: FaultServer) -> Callable[..., CoffeeClient]:
    def make(**options: Any) -> CoffeeClient:
        return CoffeeClient(**{"base_url": server.url, **options})

    return make
