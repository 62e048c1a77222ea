"""A process that writes the same items as others do, in an order of its own.

Arguments: the database's name, the connection's primary key, the process's number, how many items.
"""

import json
import random
import sys
from dataclasses import replace

import django
from django.conf import settings
from django.db import transaction

MAKERS = 50
PAGE = 100


def main(database: str, account_id: int, process: int, count: int) -> None:
    """Write all items twice, first as every process does, then with values of this one; print the counters."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from dovetail.integrations.models import Connection

    account = Connection.objects.get(pk=account_id)
    numbers = list(range(count))
    counters = {"created": 0, "updated": 0, "unchanged": 0, "makers": 0}
    for quantity in (1, 2 + process):
        random.Random(process + 10 * quantity).shuffle(numbers)
        for start in range(0, count, PAGE):
            _write_page(account, numbers[start : start + PAGE], quantity, counters)
    print(json.dumps(counters))


def _write_page(account, numbers, quantity, counters):
    from dovetail.connector.writer import PageWriter, Row
    from tests.connector.app.models import Item, ItemBinding, Maker, MakerBinding
    from tests.connector.app.rows import item_row

    makers = PageWriter(Maker, binding_model=MakerBinding, connection=account)
    items = PageWriter(Item, binding_model=ItemBinding, connection=account)
    names = {f"m{number % MAKERS}" for number in numbers}
    with transaction.atomic():
        made = makers.write([Row(external_id=name, values={"name": name}) for name in names])
        found = MakerBinding.objects.filter(connection=account, external_id__in=names)
        maker_ids = dict(found.values_list("external_id", "record_id"))
        rows = [item_row(number, quantity=quantity, maker=maker_ids[f"m{number % MAKERS}"]) for number in numbers]
        result = items.write([replace(row, extras={"shelf": "A"}) for row in rows])
    counters["makers"] += len(made.created_ids)
    counters["created"] += len(result.created_ids)
    counters["updated"] += len(result.updated_ids)
    counters["unchanged"] += result.unchanged


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
