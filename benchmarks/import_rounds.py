"""Imports from a server in turn with ``update_or_create`` for each record; prints the figures as JSON.

Run by ``import_pages.py`` with Django's settings; argument: the server's address.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from benchmarks.import_server import record

ROUNDS = 3
PEER_RECORDS = 1500


def measure(address: str) -> dict[str, list[float]]:
    """Return the figures of each round: records a second, statements a page, megabytes that the process grew by."""
    from dovetail.integrations.models import Connection
    from tests.connector.app.models import Item, Listing

    Connection.objects.create(integration_id="benchmark.shop", name="Shop", address=address)
    figures: dict[str, list[float]] = {"first": [], "again": [], "peer": [], "statements": [], "growth": []}
    for _ in range(ROUNDS):
        Item.objects.all().delete()
        Listing.objects.all().delete()
        figures["peer"].append(_update_or_create(PEER_RECORDS))
        before = _peak_megabytes()
        first = _import()
        figures["growth"].append(_peak_megabytes() - before)
        figures["first"].append(first["rate"])
        figures["statements"].append(first["statements"])
        figures["again"].append(_import()["rate"])
    return figures


def _import() -> dict[str, float]:
    """Import all records as an operator does."""
    import benchmarks.import_stream  # noqa: F401 -- registers the stream
    from dovetail.connector.run import Run

    counted = _Counter()
    with connection.execute_wrapper(counted):
        call_command("dovetail", "sync", "benchmark.shop", stdout=io.StringIO())
    run = Run.objects.latest("pk")
    assert (run.state, run.problems) == ("completed", 0), run.reason
    assert run.duration is not None
    unseen = 1 if connection.vendor == "postgresql" else 0  # COPY passes the counter by
    return {"rate": run.fetched / run.duration.total_seconds(), "statements": counted.statements / run.pages + unseen}


def _update_or_create(count: int) -> float:
    """Return the records a second of the usual way; it is spared the fetching and the bindings."""
    from django.utils.dateparse import parse_datetime

    from tests.connector.app.models import Listing

    records = [record(number) for number in range(count)]
    begin = time.perf_counter()
    for one in records:
        values = {
            "name": one["title"],
            "sku": one["sku"],
            "price": str(one["price"]),
            "quantity": one["quantity"],
            "is_active": one["active"],
            "updated_at": parse_datetime(one["updated_at"]),
            "note": one["note"],
            "payload": one["details"],
        }
        Listing.objects.update_or_create(external_id=one["id"], defaults=values)
    return count / (time.perf_counter() - begin)


class _Counter:
    statements = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.statements += 1
        return execute(*args)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(measure(sys.argv[1])))


if __name__ == "__main__":
    main()
