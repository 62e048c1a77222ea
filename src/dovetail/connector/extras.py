"""The columns that only a binding has: what the service alone knows about a record."""

from dovetail.connector.binding import Binding

OWN_NAMES = frozenset({"connection", "record", "external_id", "content_hash", "synced_at", "created_at"})
"""The fields of a binding that sync itself fills."""


def extra_names(binding_model: type[Binding]) -> frozenset[str]:
    """Name the fields of a binding that a mapper may fill: not those of sync, nor any that the record has too."""
    meta = binding_model._meta
    taken = {field.name for field in binding_model.record_model()._meta.concrete_fields}
    return frozenset(field.name for field in meta.concrete_fields if not field.primary_key) - OWN_NAMES - taken
