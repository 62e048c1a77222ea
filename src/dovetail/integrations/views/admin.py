"""The same pages inside Django's administration, for staff."""

from typing import Any

from django.contrib.admin import site
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.urls import reverse_lazy
from django.views.generic import View
from django.views.generic.base import ContextMixin

from dovetail.integrations.views.catalogue import BaseIntegrationListView
from dovetail.integrations.views.config import BaseIntegrationConfigFormView


class StaffMixin(PermissionRequiredMixin, ContextMixin, View):
    """Lets in staff who have the permission."""

    login_url = reverse_lazy("admin:login")

    def has_permission(self) -> bool:
        return bool(self.request.user.is_staff) and super().has_permission()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**site.each_context(self.request), **kwargs)


class BaseAdminIntegrationListView(StaffMixin, BaseIntegrationListView):
    """Lists connections, services and configurations in the administration."""

    template_name = "dovetail/integrations/admin/list.html"


class BaseAdminIntegrationConfigFormView(StaffMixin, BaseIntegrationConfigFormView):
    """Adds or changes a configuration in the administration."""

    template_name = "dovetail/integrations/admin/config_form.html"
