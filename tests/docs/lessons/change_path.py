"""The outbox hears of what is written through the manager, and of what is told by hand."""

from typing import Any

from shop import export
from shop.models import Brew, Outbox

from dovetail.integrations.models import Connection


def given() -> dict[str, Any]:
    assert export.mark_for_export
    Brew.objects.bulk_create([Brew(price=1), Brew(price=2)])
    connection = Connection.objects.create(integration_id="coffee", name="Kitchen")
    return {"ids": list(Brew.objects.order_by("pk").values_list("pk", flat=True)), "connection": connection}


def then(names: dict[str, Any]) -> None:
    created, told, updated = "", "", names["connection"].scope
    assert list(Outbox.objects.order_by("pk").values_list("brew_id", "origin")) == [
        (pk, origin) for origin in (created, told, updated) for pk in names["ids"]
    ]
    assert set(Brew.objects.values_list("price", flat=True)) == {3}
