"""The buttons that start runs, and the part of a connection's page with its streams."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from dovetail.connector.panel import panel_context
from dovetail.connector.registry import streams_of
from dovetail.connector.start import start_run
from dovetail.connector.views.access import ConnectionMixin, StreamMixin, user_name


class PanelView(ConnectionMixin, TemplateView):
    """Shows a connection's streams alone; its page fetches them again while one is at work."""

    template_name = "dovetail/connector/streams.html"
    permission_required = "dovetail_integrations.view_connection"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = panel_context(self.request, self.connection)
        return super().get_context_data(connection=self.connection, **context, **kwargs)


class SyncView(StreamMixin, View):
    """Starts a run of one stream and shows it."""

    permission_required = "dovetail_connector.add_run"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.stream.sync(self.connection, requested_by=user_name(request)))


class SyncAllView(ConnectionMixin, View):
    """Starts a run of each stream, those that others refer to first."""

    permission_required = "dovetail_connector.add_run"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        for stream in streams_of(self.connection.integration_id):
            start_run(stream, self.connection, requested_by=user_name(request))
        messages.success(request, _("Sync has started."))
        return redirect(self.connection)
