"""Rows as a service would bring them."""

from datetime import UTC, datetime
from typing import Any

from dovetail.connector.writer import Row
from dovetail.integrations.models import Connection

MORNING = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def make_connection(name: str = "Shop") -> Connection:
    """Save a connection of a service that no app knows."""
    return Connection.objects.create(integration_id="shop", name=name)


def item_values(number: int, **values: Any) -> dict[str, Any]:
    """Return values for one item."""
    return {
        "name": f"Item {number}",
        "sku": f"SKU-{number}",
        "price": "12.50",
        "quantity": number,
        "is_active": True,
        "updated_at": "2026-01-31T09:30:00Z",
        "note": "",
        "payload": {"id": number},
        "maker": None,
    } | values


def item_row(number: int, **values: Any) -> Row:
    """Return one item's row."""
    return Row(external_id=f"x{number}", values=item_values(number, **values), source={"id": f"x{number}"})
