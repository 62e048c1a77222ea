"""Connecting an account, and editing the connection later."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from dovetail.integrations import link
from dovetail.integrations.connection import Connection
from dovetail.integrations.forms import ConnectionForm
from dovetail.integrations.integration import Integration
from dovetail.integrations.manager import find_integration
from dovetail.integrations.views.access import ConnectionMixin


def connected_message(connection: Connection) -> str:
    """Say that a connection works, and as whom."""
    if connection.account_name:
        return _("Connected as %(account)s.") % {"account": connection.account_name}
    return _("%(service)s answers: the connection works.") % {"service": connection.service_name}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConnectView(PermissionRequiredMixin, FormView):  # type: ignore[type-arg] # not subscriptable at run time
    """Connects an account of one service; it is tried before it is saved."""

    template_name = "dovetail/integrations/connect.html"
    permission_required = "dovetail_integrations.add_connection"

    @cached_property
    def integration(self) -> Integration:
        integration = find_integration(self.kwargs["integration_id"])
        if integration is None or integration.connection_form is None:
            raise Http404
        return integration

    @cached_property
    def demonstration(self) -> Mapping[str, Any]:
        return self.integration.connection_initial(self.request)

    def get_initial(self) -> dict[str, Any]:
        return {"name": link.free_name(str(self.integration.name), self.request)}

    def get_form(self, form_class: type[ConnectionForm] | None = None) -> ConnectionForm:
        assert self.integration.connection_form is not None
        demonstration = self.demonstration if "demo" in self.request.GET else None
        return self.integration.connection_form(
            integration=self.integration, demonstration=demonstration, **self.get_form_kwargs()
        )

    def form_valid(self, form: ConnectionForm) -> HttpResponse:
        connection = link.connect(form, self.request)
        if connection is None:
            return self.form_invalid(form)
        messages.success(self.request, connected_message(connection))
        return redirect(connection)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offers_demonstration = bool(self.demonstration) and "demo" not in self.request.GET
        return super().get_context_data(
            integration=self.integration, offers_demonstration=offers_demonstration, **kwargs
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConnectionEditView(ConnectionMixin, FormView):  # type: ignore[type-arg] # not subscriptable at run time
    """Edits a connection; what was entered is tried before it is saved."""

    template_name = "dovetail/integrations/connection_edit.html"
    permission_required = "dovetail_integrations.change_connection"

    def get_form(self, form_class: type[ConnectionForm] | None = None) -> ConnectionForm:
        integration = self.connection.integration
        if integration is None or integration.connection_form is None:
            raise Http404
        return integration.connection_form(
            integration=integration, connection=self.connection, **self.get_form_kwargs()
        )

    def form_valid(self, form: ConnectionForm) -> HttpResponse:
        connection = link.edit(form)
        if connection is None:
            return self.form_invalid(form)
        messages.success(self.request, connected_message(connection))
        return redirect(connection)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(connection=self.connection, **kwargs)
