"""Several processes write the same records at once: each record is there once, bound, and nobody waits in a circle."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from tests.connector.app.models import Item, ItemBinding, Maker, MakerBinding
from tests.connector.app.rows import make_connection

PROCESSES = 4
ITEMS = 1000
MAKERS = 50


@pytest.mark.django_db(transaction=True)
def test_four_processes_write_the_same_records_in_different_orders() -> None:
    """On PostgreSQL they write side by side, on SQLite one page after the other; the end is the same."""
    account = make_connection()

    counters = run_processes(account.pk)

    assert sum(one["created"] for one in counters) == ITEMS
    assert sum(one["makers"] for one in counters) == MAKERS
    written = [one["created"] + one["updated"] + one["unchanged"] for one in counters]
    assert written == [2 * ITEMS] * PROCESSES
    assert (Item.objects.count(), ItemBinding.objects.count()) == (ITEMS, ITEMS)
    assert (Maker.objects.count(), MakerBinding.objects.count()) == (MAKERS, MAKERS)
    assert not Item.objects.filter(bindings=None).exists()
    assert not Item.objects.filter(maker=None).exists()


def run_processes(account_id: int) -> list[dict[str, Any]]:
    """Run the writers side by side, and return what each counted; one that fails shows its error."""
    command = [sys.executable, "-m", "tests.connector.app.write_shuffled", str(connection.settings_dict["NAME"])]
    running = [
        subprocess.Popen([*command, str(account_id), str(number), str(ITEMS)], stdout=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    return [json.loads(output) for output in outputs]
