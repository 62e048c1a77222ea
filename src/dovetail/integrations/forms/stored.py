"""What a cleaned form value looks like in a JSON column."""

from typing import Any

from django.db.models import Model, QuerySet


def to_stored(value: Any) -> Any:
    """Return the key of a model instance, the keys of a query set, and any other value as it is."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet):
        return [row.pk for row in value]
    return value
