"""Records kept in sync with outside services."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dovetail.connector.adapter import Adapter
    from dovetail.connector.binding import Binder, Binding
    from dovetail.connector.mapper import Field, Mapper, Reference, References, mapping
    from dovetail.connector.stream import Stream
    from dovetail.connector.work import Work, work_on
    from dovetail.connector.writer import PageWriter, upsert

__all__ = [
    "Adapter",
    "Binder",
    "Binding",
    "Field",
    "Mapper",
    "PageWriter",
    "Reference",
    "References",
    "Stream",
    "Work",
    "mapping",
    "upsert",
    "work_on",
]

HOMES = {
    "Adapter": "adapter",
    "Binder": "binding",
    "Binding": "binding",
    "Field": "mapper",
    "Mapper": "mapper",
    "PageWriter": "writer",
    "Reference": "mapper",
    "References": "mapper",
    "Stream": "stream",
    "Work": "work",
    "mapping": "mapper",
    "upsert": "writer",
    "work_on": "work",
}


def __getattr__(name: str) -> Any:
    # Late, because Django imports this package for its AppConfig before there may be any model.
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
