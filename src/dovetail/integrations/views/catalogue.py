"""The catalogue: what is connected, and what can be."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import TemplateView

from dovetail.integrations.connection import Connection
from dovetail.integrations.integration import Integration
from dovetail.integrations.mixins import NeedsIntegrationManagerMixin
from dovetail.integrations.views.access import permission_for


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A service in the catalogue."""

    integration: Integration
    is_connected: bool
    """Whether an account is connected already."""


class BaseIntegrationListView(NeedsIntegrationManagerMixin, PermissionRequiredMixin, TemplateView):
    """Lists connections, services and configurations."""

    template_name = "dovetail/integrations/list.html"
    permission_required = "dovetail_integrations.view_connection"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manager = self.get_integration_manager()
        connections = list(Connection.objects.for_tenant(self.request))
        return super().get_context_data(
            connections=connections,
            offers=self._offers(connections),
            configs=manager.config_model.visible_to(self.request),
            may_add_config=self._may("add"),
            may_change_config=self._may("change"),
            may_delete_config=self._may("delete"),
            **kwargs,
        )

    def _offers(self, connections: list[Connection]) -> list[Offer]:
        connected = {connection.integration_id for connection in connections}
        integrations = sorted(self.get_integration_manager().get_integrations(), key=lambda one: str(one.name))
        return [Offer(integration=one, is_connected=one.integration_id in connected) for one in integrations]

    def _may(self, action: str) -> bool:
        model = self.get_integration_manager().config_model
        return self.request.user.has_perm(permission_for(action, model))
