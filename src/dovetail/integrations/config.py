"""A configuration: what an integration shall do for someone."""

from typing import Any, ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dovetail.integrations.dates import Dated
from dovetail.integrations.integration import Integration
from dovetail.integrations.mixins import NeedsIntegrationManagerMixin
from dovetail.integrations.owner import Owned, OwnedManager, tenant_of


class BaseIntegrationConfig(NeedsIntegrationManagerMixin, Dated):
    """What an integration shall do; an application's own model adds the columns that it needs."""

    integration_id = models.CharField(_("integration"), max_length=255, db_index=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    enabled = models.BooleanField(_("enabled"), default=False, db_index=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    extra_data = models.JSONField(_("extra data"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.service_name})"

    @classmethod
    def visible_to(cls, request: HttpRequest) -> models.QuerySet[Any]:  # noqa: ARG003 -- for subclasses
        """Return the rows that a request may see; the one place that isolates what belongs to others."""
        return cls._default_manager.all()

    def belong_to(self, request: HttpRequest) -> None:
        """Give a new row what makes it visible to the request that adds it."""

    @property
    def integration(self) -> Integration | None:
        """The code that this configures; None when no installed app has it."""
        try:
            return self.get_integration_manager().get_integration(self.integration_id)
        except LookupError:
            return None

    @property
    def service_name(self) -> str:
        """The integration's name for people; its id when the code is missing."""
        integration = self.integration
        return str(integration.name) if integration else self.integration_id

    def get(self, key: str, default: Any = None) -> Any:
        """Return a setting: what is stored, else the integration's default, else ``default``."""
        if key in self.settings:
            return self.settings[key]
        integration = self.integration
        return integration.default_settings.get(key, default) if integration else default

    def set(self, key: str, value: Any) -> None:
        """Change a setting, without saving it."""
        self.settings[key] = value


class IntegrationConfig(Owned, BaseIntegrationConfig):
    """The configurations of an application that wants nothing special."""

    connection = models.ForeignKey(
        "dovetail_integrations.Connection",
        verbose_name=_("connection"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta:
        verbose_name = _("configuration")
        verbose_name_plural = _("configurations")
        ordering = ("integration_id", "name", "pk")

    @classmethod
    def visible_to(cls, request: HttpRequest) -> models.QuerySet[Any]:
        return cls.objects.for_tenant(request)

    def belong_to(self, request: HttpRequest) -> None:
        self.tenant = tenant_of(request)
