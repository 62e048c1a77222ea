"""One kind of record of a service, kept in sync with one model."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.text import capfirst

from dovetail.connector.adapter import Adapter
from dovetail.connector.binding import Binding
from dovetail.connector.mapper import Mapper
from dovetail.connector.registry import key_of, stream_of_binding, streams
from dovetail.connector.run import Run
from dovetail.connector.start import run_here, start_run
from dovetail.core.errors import ProgrammingMistake
from dovetail.integrations.integration import Integration
from dovetail.integrations.models import Connection

__all__ = ["Stream", "streams"]

PARTS = ("integration", "binding", "mapper", "adapter")


class Stream:
    """
    A declaration: which integration, which records, and the parts that bring them in.

    A subclass with a ``binding`` is registered by being defined, best in an app's module ``streams``, which is found.
    """

    name: ClassVar[str] = ""
    """Identifies the stream within its integration, in rows and addresses; else the class's lower-case name."""
    label: ClassVar[str | Promise] = ""
    """What people read; the plural name of the record's model when empty."""
    integration: ClassVar[type[Integration]]
    """The service."""
    binding: ClassVar[type[Binding]]
    """Ties the records to their external ids."""
    mapper: ClassVar[type[Mapper]]
    """Translates records."""
    adapter: ClassVar[type[Adapter]]
    """Speaks the service's interface."""
    page_size: ClassVar[int] = 500
    """How many records an adapter should ask for at a time."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "binding"):
            return
        if missing := [part for part in PARTS if not hasattr(cls, part)]:
            raise ProgrammingMistake(f"The stream {cls.__qualname__} lacks {', '.join(missing)}.")
        cls.name = cls.__dict__.get("name") or cls.__name__.lower()
        streams.add(key_of(cls.integration.integration_id, cls.name), cls)

    @classmethod
    def title(cls) -> str:
        """Return what people call these records."""
        return str(cls.label or capfirst(cls.binding.record_model()._meta.verbose_name_plural))

    @classmethod
    def dependencies(cls) -> "list[type[Stream]]":
        """List the streams whose records these records refer to."""
        found = [stream_of_binding(binding) for binding in cls.mapper.references()]
        return [stream for stream in found if stream is not None and stream is not cls]

    @classmethod
    def sync(cls, connection: Connection, *, wait: bool = False, requested_by: str | None = None) -> Run:
        """
        Bring in all records of a connection.

        Args:
            connection: The account.
            wait: Do it here and return when it is over or paused, instead of leaving it to a worker.
            requested_by: Who asked, for people to read.
        Returns:
            The run; the active one, if there is one already.
        """
        return (run_here if wait else start_run)(cls, connection, requested_by=requested_by or "")
