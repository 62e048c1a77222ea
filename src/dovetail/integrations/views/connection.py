"""The page of one connection, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from dovetail.core.errors import ExternalServiceError
from dovetail.integrations import link
from dovetail.integrations.connection import Connection
from dovetail.integrations.panels import render_panels
from dovetail.integrations.views.access import ConnectionMixin, list_url
from dovetail.integrations.views.connect import connected_message


class ConnectionView(ConnectionMixin, TemplateView):
    """Shows a connection and the panels of other rooms."""

    template_name = "dovetail/integrations/connection.html"
    permission_required = "dovetail_integrations.view_connection"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            connection=self.connection,
            integration=self.connection.integration,
            shown_settings=_shown_settings(self.connection),
            panels=render_panels(self.request, self.connection),
            **kwargs,
        )


class ConnectionTestView(ConnectionMixin, View):
    """Tries a connection, because a person asks."""

    permission_required = "dovetail_integrations.change_connection"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            link.check(self.connection)
        except ExternalServiceError:
            messages.error(request, _("The test failed."))  # the page says why
        else:
            messages.success(request, connected_message(self.connection))
        return redirect(self.connection)


class ConnectionRemoveView(ConnectionMixin, TemplateView):
    """Removes a connection, after saying what goes with it; refused while something needs it."""

    template_name = "dovetail/ui/confirm.html"
    permission_required = "dovetail_integrations.delete_connection"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            refusal = self._refusal()
            if refusal is None:
                link.remove(self.connection)
        except ProtectedError as error:
            return self._refuse([str(row) for row in error.protected_objects])
        if refusal is None:
            messages.success(request, _("%(connection)s was removed.") % {"connection": self.connection.name})
        return refusal or redirect(list_url(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Remove %(connection)s?") % {"connection": self.connection.name},
            text=_("The connection and its stored credentials are removed. Nothing is changed at the service itself."),
            facts=link.describe_removal(self.connection),
            action_label=_("Remove"),
            cancel_url=self.connection.get_absolute_url(),
            **kwargs,
        )

    def _refusal(self) -> HttpResponse | None:
        configs = link.configurations_of(self.connection)
        return self._refuse([config.name for config in configs]) if configs else None

    def _refuse(self, users: list[str]) -> HttpResponse:
        text = _("This connection is used by %(users)s. Remove that first, or let it use another connection.")
        messages.error(self.request, text % {"users": get_text_list(users, _("and"))})
        return redirect(self.connection)


def _shown_settings(connection: Connection) -> list[tuple[str, Any]]:
    """List the labels and values that were entered to connect, without secrets."""
    integration = connection.integration
    if integration is None or integration.connection_form is None:
        return []
    fields = integration.connection_form.base_fields
    return [
        (str(field.label or name.replace("_", " ").capitalize()), connection.settings[name])
        for name, field in fields.items()
        if connection.settings.get(name) not in (None, "")
    ]
