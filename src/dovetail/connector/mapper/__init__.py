"""Translates a service's records into values for our models, by declaration."""

from dovetail.connector.mapper.declarations import (
    BOTH,
    LOCAL,
    MISSING,
    REMOTE,
    Field,
    Reference,
    References,
    SourceOfTruth,
)
from dovetail.connector.mapper.mapper import Mapped, Mapper, mapping

__all__ = [
    "BOTH",
    "LOCAL",
    "MISSING",
    "REMOTE",
    "Field",
    "Mapped",
    "Mapper",
    "Reference",
    "References",
    "SourceOfTruth",
    "mapping",
]
