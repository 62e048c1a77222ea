"""A server that behaves as badly as a test wants, on real sockets."""

import json as json_format
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Protocol, Self


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    """Path and query."""
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


class Behaviour(Protocol):
    """What the server does with one request."""

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer the request, or fail to."""


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int = 200
    json: Any = None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    after_seconds: float = 0.0

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(self.after_seconds)
        body = self.text.encode() if self.json is None else json_format.dumps(self.json).encode()
        kind = "text/plain; charset=utf-8" if self.json is None else "application/json"
        _begin(handler, self.status, {"Content-Type": kind, "Content-Length": str(len(body)), **self.headers})
        handler.wfile.write(body)


@dataclass(frozen=True)
class Raw:
    """Some bytes, whatever they are, and the end of the connection."""

    content: bytes

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(self.content)
        handler.close_connection = True


@dataclass(frozen=True)
class Drip:
    """An answer of which one byte comes at a time."""

    every_seconds: float
    size: int = 1000

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, 200, {"Content-Type": "application/json", "Content-Length": str(self.size)})
        for _ in range(self.size):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(self.every_seconds)


@dataclass(frozen=True)
class Truncate:
    """An answer that ends before it said it would."""

    sent: int = 10
    promised: int = 1000

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, 200, {"Content-Type": "application/json", "Content-Length": str(self.promised)})
        handler.wfile.write(b"[" * self.sent)
        handler.close_connection = True


@dataclass(frozen=True)
class Reset:
    """A connection that is torn down, before or within the answer."""

    after_bytes: int = 0

    def perform(self, handler: BaseHTTPRequestHandler) -> None:
        if self.after_bytes:
            _begin(handler, 200, {"Content-Type": "application/json", "Content-Length": str(self.after_bytes * 2)})
            handler.wfile.write(b" " * self.after_bytes)
            handler.wfile.flush()
        # Closing with a linger time of zero sends a reset; taken from its object, the socket gets no polite end before.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(handler.connection.detach())
        handler.close_connection = True


class FaultServer:
    """
    Serves on a free port of 127.0.0.1 until its block ends.

    ::

        with FaultServer() as server:
            server.plan("/brews", Reply(503, headers={"Retry-After": "1"}), Reply(json=[]))
            client = CoffeeClient(base_url=server.url)

    Args:
        tls: Holds the certificate of a server that is called by https.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        """The requests, oldest first."""
        self._plans: dict[str, list[Behaviour]] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"

    def plan(self, path: str, *behaviours: Behaviour) -> None:
        """Say what happens with the next requests for a path; the last behaviour stays."""
        self._plans[path] = list(behaviours)

    def next_behaviour(self, path: str) -> Behaviour:
        """Return what happens now with a request for a path."""
        plan = self._plans.get(path) or [Reply(404, text=f"Nothing is planned for {path}.")]
        return plan.pop(0) if len(plan) > 1 else plan[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: FaultServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up in the middle are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        owner = self.server.owner
        owner.seen.append(Seen(method=self.command, target=self.path, headers=headers, body=body))
        owner.next_behaviour(self.path.partition("?")[0]).perform(self)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 -- names that http.server calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- http.server's signature
        """Write no log."""


def _begin(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str]) -> None:
    handler.send_response_only(status)
    for name, value in {"Date": handler.date_time_string(), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
