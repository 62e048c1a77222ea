"""The web process: pages, and the worker beside them when no other is meant to run."""

import gc
import multiprocessing
import signal

from django.core.wsgi import get_wsgi_application

from dovetail.hub.options import HubSettings

if multiprocessing.parent_process():
    # A terminal sends Ctrl-C to all processes. The server then ends this one by a signal of its own, and two signals
    # at once can leave granian waiting until it is killed, jobs and all (2.8, seen 2026-11).
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

application = get_wsgi_application()
# What is loaded by now stays; looking through it at each collection would slow the worker and the pages down.
gc.freeze()


def _start_worker() -> None:
    from dovetail.jobs.worker import start_worker_thread  # it has models, so Django must be set up before

    start_worker_thread()


if HubSettings.current().worker:
    _start_worker()
