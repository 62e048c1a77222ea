"""How requests leave: over one pool of connections that all clients of a process share."""

import atexit
import logging
import os
from collections.abc import Iterable, Iterator
from functools import cache

import httpcore2
import httpx2

from dovetail.clients.answers import Answer
from dovetail.clients.deadline import deadline, within
from dovetail.clients.network import Network

MAX_CONNECTIONS = 100
MAX_IDLE_CONNECTIONS = 20
IDLE_SECONDS = 15.0

# At DEBUG the library prints every header, cookies and refused credentials included. Who wants that says so after this.
logging.getLogger("httpcore2").setLevel(logging.INFO)


class Transport(httpx2.BaseTransport):
    """
    Sends requests over a connection pool.

    Proxies named in the environment are not used: what a client may reach is the application's own decision.

    Args:
        pool: Another pool than the one that the process shares, with a policy of its own; the giver closes it.
    """

    def __init__(self, pool: httpcore2.ConnectionPool | None = None) -> None:
        self._pool = pool

    def handle_request(self, request: httpx2.Request) -> Answer:
        response = (self._pool or shared_pool()).handle_request(_to_core(request))
        return Answer(
            response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )


def exchange(transport: httpx2.BaseTransport, request: httpx2.Request, timeout: float) -> Answer:
    """
    Send a request and read the whole answer.

    Args:
        timeout: Seconds for all of it, from the look-up of the name to the last byte; a deadline makes it shorter.
    Raises:
        Exception: whatever the transport raises; `clients.failures` knows what it means.
    """
    limit = within(timeout)
    if limit <= 0:
        raise httpcore2.ConnectTimeout
    request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), limit)
    with deadline(limit):
        answer = Answer.of(transport.handle_request(request))
        try:
            answer.read()
        finally:
            answer.close()
    return answer


@cache
def shared_pool() -> httpcore2.ConnectionPool:
    """Return the pool of this process; certificates are read once, with it."""
    return httpcore2.ConnectionPool(
        ssl_context=httpcore2.default_ssl_context(),
        max_connections=MAX_CONNECTIONS,
        max_keepalive_connections=MAX_IDLE_CONNECTIONS,
        keepalive_expiry=IDLE_SECONDS,
        network_backend=Network(),
    )


def close_connections() -> None:
    """Close the connections that this process keeps; the next call opens new ones."""
    if shared_pool.cache_info().currsize:
        shared_pool().close()
        shared_pool.cache_clear()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: object) -> None:
        assert isinstance(stream, Iterable)
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


def _to_core(request: httpx2.Request) -> httpcore2.Request:
    assert isinstance(request.stream, httpx2.SyncByteStream)
    url = request.url
    return httpcore2.Request(
        request.method,
        httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


# Two processes must not talk over one connection: a forked child forgets its parent's.
os.register_at_fork(after_in_child=shared_pool.cache_clear)
atexit.register(close_connections)
