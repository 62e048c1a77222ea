"""Who may see and do what; without a session people sign in first, without the permission they get a 403."""

from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View

from dovetail.integrations.connection import Connection


def permission_for(action: str, model: type[Model]) -> str:
    """Return the name of a model permission, such as ``"dovetail_integrations.view_connection"``."""
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def list_url(request: HttpRequest) -> str:
    """Return the path of the list in the set of pages that the request is in."""
    match = request.resolver_match
    return reverse("dovetail_integrations:list", current_app=match.namespace if match else None)


class ConnectionMixin(PermissionRequiredMixin, View):
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
