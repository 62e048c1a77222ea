"""``manage.py dovetail sync``: runs at the terminal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dovetail.connector.host import Host
from dovetail.connector.registry import find_stream, streams, streams_of
from dovetail.connector.run import Run, RunState
from dovetail.connector.start import run_here
from dovetail.connector.stream import Stream
from dovetail.core.commands import Output, Verb, add_verb
from dovetail.core.errors import DovetailError, UnknownName
from dovetail.integrations.models import Connection

REQUESTED_BY = "dovetail sync"


@add_verb
class Sync(Verb):
    """Brings records in, here and now."""

    name = "sync"
    help = gettext_lazy("Bring in the records of a service's connections, and show how far that got.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("integration", help=_("The integration's id, such as coffee."))
        parser.add_argument("stream", nargs="?", help=_("The stream's name; all streams when left out."))
        parser.add_argument("--connection", metavar="UUID", help=_("Only this connection; all when left out."))

    def handle(self, options: Mapping[str, Any], out: Output) -> int:
        streams = _streams(options["integration"], options["stream"])
        runs = [
            _sync(stream, connection, out)
            for connection in _connections(options["integration"], options["connection"])
            for stream in streams
        ]
        return 0 if all(run.state == RunState.COMPLETED for run in runs) else 1


def _streams(integration_id: str, name: str | None) -> list[type[Stream]]:
    known = {stream.integration.integration_id for stream in streams}
    if integration_id not in known:
        raise UnknownName("integration with streams", integration_id, known)
    return [find_stream(integration_id, name)] if name else streams_of(integration_id)


def _connections(integration_id: str, uuid: str | None) -> list[Connection]:
    known = {str(one.uuid): one for one in Connection.objects.filter(integration_id=integration_id).order_by("pk")}
    if not known:
        text = _("There is no connection of %(service)s yet; make one on the page Integrations.")
        raise DovetailError(text % {"service": integration_id})
    if uuid is None:
        return list(known.values())
    try:
        return [known[str(UUID(uuid))]]
    except (ValueError, KeyError):
        raise UnknownName(f"connection of {integration_id}", uuid, known) from None


def _sync(stream: type[Stream], connection: Connection, out: Output) -> Run:
    label = f"{connection.name}, {stream.title()}:"
    run = run_here(stream, connection, requested_by=REQUESTED_BY, host=Terminal(out, label))
    reason = f" {run.reason}" if run.reason else ""
    out.line(f"{label} {run.get_state_display()}: {run.summary}.{reason}")
    return run


class Terminal(Host):
    """Shows a run's progress where it was asked for."""

    def __init__(self, out: Output, label: str) -> None:
        self.out = out
        self.label = label

    def show(self, run: Run) -> None:
        if run.state == RunState.WAITING:
            self.out.line(f"{self.label} {run.reason}")
        else:
            self.out.progress(run.fetched, run.total, self.label)
