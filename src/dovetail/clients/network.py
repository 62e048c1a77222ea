"""How connections are made: names looked up and bytes exchanged, all of it before the deadline."""

import os
import socket
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from ipaddress import ip_address
from typing import Any, TypeAlias

import httpcore2

from dovetail.clients.deadline import within

LOOK_UP_THREADS = 8
NO_LIMIT_SECONDS = 3600.0  # the connection pool passes a limit with every step; this is for a pool used by hand

LookUp: TypeAlias = Callable[[str, int, float], list[str]]


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """
    Return the addresses of a host, best first.

    The system's look-up knows no time limit, so it runs in one of a few threads that the caller does not wait for.

    Raises:
        httpcore2.ConnectTimeout: no name server answered in time.
        httpcore2.ConnectError: the name has no address.
    """
    if _is_address(host):
        return [host]
    found = _look_up_threads().submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        answers = found.result(timeout=max(seconds, 0))
    except TimeoutError as error:
        found.cancel()
        raise httpcore2.ConnectTimeout(error) from error
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(error) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in answers))


class Network(httpcore2.NetworkBackend):
    """
    Opens the connections of a pool.

    Args:
        find_addresses: Looks a host up; a policy on addresses is a function put in front of it.
    """

    def __init__(self, find_addresses: LookUp = look_up) -> None:
        self._find_addresses = find_addresses
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = self._find_addresses(host, port, _limit(timeout))
        failure: Exception = httpcore2.ConnectError(OSError(f"{host} has no address"))
        for tried, address in enumerate(addresses):
            share = _limit(timeout) / (len(addresses) - tried)  # a dead address must leave time for the next
            try:
                stream = self._sockets.connect_tcp(address, port, max(share, 0.001), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return DeadlineStream(stream)
        raise failure


class DeadlineStream(httpcore2.NetworkStream):
    """A connection on which every step gets only the time that is left, so that a slow drip cannot hold a call."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        limit = _limit(timeout)
        if limit <= 0:
            raise httpcore2.ReadTimeout
        return self._stream.read(max_bytes, limit)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        limit = _limit(timeout)
        if limit <= 0:
            raise httpcore2.WriteTimeout
        self._stream.write(buffer, limit)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, max(_limit(timeout), 0.001)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _limit(timeout: float | None) -> float:
    return within(NO_LIMIT_SECONDS if timeout is None else timeout)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _look_up_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(LOOK_UP_THREADS, thread_name_prefix="dovetail-names")


# Threads do not survive a fork; the child starts its own.
os.register_at_fork(after_in_child=_look_up_threads.cache_clear)
