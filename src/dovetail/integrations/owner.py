"""Whose a row is: the tenant that it is isolated to, and the owner inside of it."""

from typing import TypeVar

from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from dovetail.integrations.settings import IntegrationsSettings


def tenant_of(request: HttpRequest) -> str | None:
    """Ask the callable of the setting ``integrations.tenant`` for the request's tenant; None without one."""
    path = IntegrationsSettings.current().tenant
    if not path:
        return None
    tenant = import_string(path)(request)
    return None if tenant is None else str(tenant)


def owner_columns(owner: models.Model | None) -> dict[str, str | None]:
    """Return the columns that refer to an owner; None stands for the whole site."""
    if owner is None:
        return {"owner_type": None, "owner_id": None}
    return {"owner_type": owner._meta.label_lower, "owner_id": str(owner.pk)}


RowT = TypeVar("RowT", bound=models.Model)


class OwnedManager(models.Manager[RowT]):
    """Finds rows that belong to someone."""

    def for_tenant(self, request: HttpRequest) -> models.QuerySet[RowT]:
        """Return the rows that the request's tenant may see; all of them on a site without tenants."""
        if not IntegrationsSettings.current().tenant:
            return self.all()
        return self.filter(tenant=tenant_of(request))


class Owned(models.Model):
    """A row with a tenant and an owner; an owner of None is the whole site."""

    owner_type = models.CharField(_("owner's kind"), max_length=255, null=True, blank=True, editable=False)
    owner_id = models.CharField(_("owner"), max_length=255, null=True, blank=True, editable=False)
    tenant = models.CharField(_("tenant"), max_length=255, null=True, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True
