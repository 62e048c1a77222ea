"""A service with many records, in a process of its own; its pages are made beforehand, so that it costs little.

``python -m benchmarks.import_server RECORDS PAGE_SIZE`` prints its address.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def record(number: int) -> dict[str, Any]:
    """Return one record of 500 bytes."""
    return {
        "id": f"item-{number:07d}",
        "title": f"Item number {number}",
        "sku": f"SKU-{number % 9973:04d}",
        "price": number % 10000 / 100,
        "quantity": number % 500,
        "active": number % 3 > 0,
        "updated_at": f"2026-01-{1 + number % 28:02d}T09:30:{number % 60:02d}Z",
        "note": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore"
        " et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris.",
        "details": {
            "tags": ["alpha", "beta", "gamma"],
            "address": {"street": f"{number % 90} rue de la Paix", "city": "Paris", "zip": "75002", "country": "FR"},
            "email": f"user{number % 100000}@example.com",
        },
    }


def pages(records: int, size: int) -> list[bytes]:
    """Return the bodies of all pages, each with the address of the next."""
    bodies = []
    for start in range(0, records, size):
        last = start + size >= records
        body = {
            "data": [record(number) for number in range(start, min(start + size, records))],
            "next": None if last else f"/items?page={start // size + 1}",
            "total": records,
        }
        bodies.append(json.dumps(body, separators=(",", ":")).encode())
    return bodies


class Handler(BaseHTTPRequestHandler):
    """Answers with a page."""

    protocol_version = "HTTP/1.1"
    bodies: list[bytes] = []

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        body = self.bodies[int(query.get("page", ["0"])[0])]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class names it so
        """Stay silent."""


def main(records: int, size: int) -> None:
    Handler.bodies = pages(records, size)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
