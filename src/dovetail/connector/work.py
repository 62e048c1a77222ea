"""What the parts of a stream share while they work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dovetail.clients.client import Client
from dovetail.connector.binding import Binder, Binding
from dovetail.connector.mapper import Mapper

if TYPE_CHECKING:
    from dovetail.connector.adapter import Adapter
    from dovetail.connector.run import Run
    from dovetail.connector.stream import Stream
    from dovetail.integrations.models import Connection


@dataclass(frozen=True, kw_only=True)
class Work:
    """One stream at work on one connection."""

    connection: "Connection"
    """The account that is worked on."""
    stream: "type[Stream]"
    """The kind of record."""
    client: Client
    """Makes the calls; one for all parts of the work."""
    run: "Run | None" = None
    """The run that the work belongs to, when it belongs to one."""

    def adapter(self) -> "Adapter":
        """Make the part that speaks the service's interface."""
        return self.stream.adapter(self)

    def mapper(self) -> Mapper:
        """Make the part that translates records."""
        return self.stream.mapper(self.stream.binding)

    def binder(self) -> Binder[Binding]:
        """Make the part that translates ids."""
        return Binder(self.stream.binding, self.connection)

    def on(self, stream: "type[Stream]") -> "Work":
        """Return the same work on another stream of the connection, with the same client."""
        return replace(self, stream=stream)


@contextmanager
def work_on(connection: "Connection", stream: "type[Stream]", *, run: "Run | None" = None) -> Iterator[Work]:
    """
    Open one client for a connection and close it when the block ends.

    Args:
        connection: The account to work on.
        stream: The kind of record.
        run: The run that the work belongs to.
    Returns:
        The work, for the ``with`` statement.
    """
    with connection.client() as client:
        yield Work(connection=connection, stream=stream, client=client, run=run)
