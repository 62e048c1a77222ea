"""Who may see and do what; without a session people sign in first, without the permission they get a 403."""

from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View

from dovetail.integrations.connection import Connection


def permission_for(action: str, model: type[Model]) -> str:
    """Return the name of a model permission, such as ``"dovetail_integrations.view_connection"``."""
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def list_url(request: HttpRequest) -> str:
    """Return the path of the list in the set of pages that the request is in."""
    match = request.resolver_match
    return reverse("dovetail_integrations:list", current_app=match.namespace if match else None)


class PermissionMixin(PermissionRequiredMixin, View):
    """A page for those with a permission; who must sign in first comes back to where a button was pressed."""

    def handle_no_permission(self) -> HttpResponseRedirect:
        if self.request.method != "POST" or self.request.user.is_authenticated:
            return super().handle_no_permission()
        return redirect_to_login(self._pressed_on(), self.get_login_url(), self.get_redirect_field_name())

    def _pressed_on(self) -> str:
        page = self.request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(page, {self.request.get_host()}, self.request.is_secure())
        return page if is_ours else reverse("dovetail_integrations:list")


class ConnectionMixin(PermissionMixin):
    """A page of one connection; one of another tenant is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Connection.DoesNotExist as error:  # somebody removed it while this request was at work
            raise Http404 from error

    @cached_property
    def connection(self) -> Connection:
        connection: Connection = get_object_or_404(
            Connection.objects.for_tenant(self.request), uuid=self.kwargs["uuid"]
        )
        return connection
