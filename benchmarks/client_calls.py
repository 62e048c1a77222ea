"""What one call costs: our client, with retry, log line and typed errors, beside httpx2's own."""

import logging
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2

from benchmarks.row import Row
from dovetail.clients import Client

ROUNDS = 7
CALLS = 500
BODY = b'{"title": "' + b"x" * 1000 + b'"}'


def rows() -> Iterator[Row]:
    # The log line is made, but not printed: what a terminal costs is not measured here.
    logging.getLogger("dovetail.clients").addHandler(logging.NullHandler())
    logging.getLogger("dovetail.clients").setLevel(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    with server() as address, Client(base_url=address) as ours, httpx2.Client(base_url=address) as theirs:
        figures = in_turn(lambda: ours.get("/").json(), lambda: theirs.get("/").json())
    mine, peer = (statistics.median(each) for each in figures)
    yield Row(
        name="client: CPU time of one GET of 1 KB, parsed",
        ours=mine,
        peer=peer,
        peer_name="httpx2.Client",
        unit="µs",
        goal="at most 60 µs more",
        ratio=peer / mine,
        met=mine - peer <= 60,
    )


def in_turn(*calls: Callable[[], object]) -> list[list[float]]:
    """Measure the calls in turn, round by round; return for each the microseconds of CPU that one took."""
    figures: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, found in zip(calls, figures, strict=True):
            begin = time.thread_time()
            for _ in range(CALLS):
                call()
            found.append((time.thread_time() - begin) / CALLS * 1e6)
    return figures


@contextmanager
def server() -> Iterator[str]:
    """Serve the body from another thread, whose time does not count, and return the address."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.server_port}"
    finally:
        listener.shutdown()
        listener.server_close()


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
