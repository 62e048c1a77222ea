"""The web process: pages, and the worker beside them when no other is meant to run."""

from django.core.wsgi import get_wsgi_application

from dovetail.hub.options import HubSettings
from dovetail.jobs.worker import start_worker_thread

application = get_wsgi_application()

if HubSettings.current().worker:
    start_worker_thread()
