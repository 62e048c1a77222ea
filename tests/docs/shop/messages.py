"""What the shop says when an order ships."""

from typing import Any

from django.dispatch import Signal

from dovetail.jobs import job

order_shipped = Signal()
posted: list[Any] = []


@job()
def post_message(config_id, order_id):
    posted.append((config_id, order_id))
