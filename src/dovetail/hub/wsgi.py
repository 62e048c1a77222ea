"""The web process: pages, and the worker beside them when no other is meant to run."""

from django.core.wsgi import get_wsgi_application

from dovetail.hub.options import HubSettings

application = get_wsgi_application()


def _start_worker() -> None:
    from dovetail.jobs.worker import start_worker_thread  # it has models, so Django must be set up before

    start_worker_thread()


if HubSettings.current().worker:
    _start_worker()
