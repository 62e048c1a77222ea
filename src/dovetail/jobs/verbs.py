"""What an operator does with jobs."""

import signal
import threading
from collections.abc import Mapping
from types import FrameType
from typing import Any

from django.core.management import CommandParser
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dovetail.core.commands import Output, Verb, add_verb
from dovetail.jobs.worker import Worker


@add_verb
class RunWorker(Verb):
    """Runs jobs until it is interrupted."""

    name = "worker"
    help = gettext_lazy("Run jobs until interrupted; start it several times to run more side by side.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help=_("The alias of the database with the jobs."))
        parser.add_argument("--threads", type=int, help=_("How many jobs to run side by side."))
        parser.add_argument(
            "--queue",
            action="append",
            default=[],
            help=_("A queue to serve; repeat it for several. All if none is named."),
        )

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        worker = Worker(options["database"], options["threads"], options["queue"])
        # Not in this thread: a signal handler that sets an event this thread is waiting for may wait for itself.
        thread = threading.Thread(target=worker.run, name="dovetail-worker")
        _stop_at_signals(worker)
        out.line(_("Worker %(worker)s runs jobs; Ctrl-C stops it.") % {"worker": worker.worker_id})
        thread.start()
        thread.join()
        out.line(_("Worker %(worker)s has stopped.") % {"worker": worker.worker_id})


def _stop_at_signals(worker: Worker) -> None:
    """Stop in order at the first signal; the second one kills as usual."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        worker.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
