"""Configuring an integration: adding, changing and deleting what it shall do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from dovetail.integrations.config import BaseIntegrationConfig
from dovetail.integrations.forms import IntegrationConfigForm
from dovetail.integrations.integration import Integration
from dovetail.integrations.manager import IntegrationManager
from dovetail.integrations.mixins import NeedsIntegrationManagerMixin
from dovetail.integrations.views.access import list_url, permission_for


class ConfigMixin(NeedsIntegrationManagerMixin, PermissionRequiredMixin, View):
    """A page of one configuration, or of a new one; one that the request may not see is not there."""

    @property
    def manager(self) -> IntegrationManager:
        return self.get_integration_manager()

    @cached_property
    def config(self) -> BaseIntegrationConfig | None:
        if "config_id" not in self.kwargs:
            return None
        visible = self.manager.config_model.visible_to(self.request)
        config: BaseIntegrationConfig = get_object_or_404(visible, pk=self.kwargs["config_id"])
        return config

    def permission_to(self, action: str) -> tuple[str]:
        return (permission_for(action, self.manager.config_model),)


class BaseIntegrationConfigFormView(ConfigMixin, FormView):  # type: ignore[type-arg] # not subscriptable at run time
    """Adds or changes a configuration."""

    template_name = "dovetail/integrations/config_form.html"

    def get_permission_required(self) -> tuple[str]:
        return self.permission_to("change" if "config_id" in self.kwargs else "add")

    @cached_property
    def integration(self) -> Integration:
        integration_id = self.config.integration_id if self.config else self.kwargs["integration_id"]
        try:
            integration = self.manager.get_integration(integration_id)
        except LookupError as error:
            raise Http404 from error
        if integration.config_form is None:
            raise Http404
        return integration

    def get_form(self, form_class: type[IntegrationConfigForm] | None = None) -> IntegrationConfigForm:
        assert self.integration.config_form is not None
        return self.integration.config_form(
            self.integration, self.request, instance=self.config, **self.get_form_kwargs()
        )

    def form_valid(self, form: IntegrationConfigForm) -> HttpResponse:
        config = form.save()
        messages.success(self.request, _("%(config)s was saved.") % {"config": config.name})
        return redirect(list_url(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(integration=self.integration, config=self.config, **kwargs)


class IntegrationConfigDeleteView(ConfigMixin, TemplateView):
    """
    Deletes a configuration, after asking; also one whose integration is missing.

    Args:
        form_view_class: The view that changes it; its manager is this one's.
    """

    template_name = "dovetail/ui/confirm.html"
    form_view_class: type[BaseIntegrationConfigFormView] = BaseIntegrationConfigFormView

    @property
    def manager(self) -> IntegrationManager:
        return self.form_view_class.get_integration_manager()

    def get_permission_required(self) -> tuple[str]:
        return self.permission_to("delete")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.config is not None
        self.config.delete()
        messages.success(request, _("%(config)s was deleted.") % {"config": self.config.name})
        return redirect(list_url(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Delete %(config)s?") % {"config": self.config},
            text=_("It stops at once. The connection that it uses stays."),
            action_label=_("Delete"),
            cancel_url=list_url(self.request),
            **kwargs,
        )
