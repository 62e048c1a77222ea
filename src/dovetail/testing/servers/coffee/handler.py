"""The coffee machine on HTTP."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from dovetail.testing.servers.coffee.answer import answer
from dovetail.testing.servers.coffee.machine import Machine
from dovetail.testing.servers.coffee.messages import Answer, Request

IDLE_SECONDS = 60


class CoffeeHTTPServer(ThreadingHTTPServer):
    """Listens on a port of this machine and answers each connection in a thread of its own."""

    daemon_threads = True

    def __init__(self, port: int, machine: Machine) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.machine = machine


class Handler(BaseHTTPRequestHandler):
    """Reads a request, asks for the answer, writes it; the connection stays open."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    wbufsize = -1  # head and body leave together: apart, Nagle's algorithm holds the body back for 40 ms
    disable_nagle_algorithm = True
    server: CoffeeHTTPServer

    def _handle(self) -> None:
        self._write(answer(self.server.machine, self._read()))

    do_GET = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815 -- http.server looks for these names

    def log_message(self, *_: object) -> None:
        """Say nothing; ``GET /_log`` tells what was called."""

    def _read(self) -> Request:
        address = urlsplit(self.path)
        return Request(
            method=self.command,
            path=address.path,
            query=dict(parse_qsl(address.query)),
            headers={name.title(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length", 0))),
        )

    def _write(self, result: Answer) -> None:
        if result.drop:
            self.close_connection = True
            return
        self.send_response(result.status)
        for name, value in result.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(result.body)))
        self.end_headers()
        if result.truncate:
            self.close_connection = True
        self.wfile.write(result.body[: len(result.body) // 2] if result.truncate else result.body)
