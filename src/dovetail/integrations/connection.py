"""A connection: one linked account on a service."""

import uuid
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings as project
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, router, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dovetail.clients.client import Client
from dovetail.core import clock
from dovetail.core.errors import UnknownName
from dovetail.core.fields import EncryptedJSONField, ExternalIdField
from dovetail.integrations.dates import Dated
from dovetail.integrations.integration import Account, Integration
from dovetail.integrations.manager import find_integration, integration_ids
from dovetail.integrations.owner import Owned, OwnedManager


class ConnectionState(models.TextChoices):
    """Whether calls over a connection can succeed."""

    CONNECTED = "connected", _("Connected")
    UNREACHABLE = "unreachable", _("Unreachable")
    NEEDS_RECONNECT = "needs_reconnect", _("Needs reconnect")
    PAUSED = "paused", _("Paused")


class Connection(Owned, Dated):
    """One linked account on a service: its address, credentials, owner, and state with the reason for it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    integration_id = models.CharField(_("integration"), max_length=255, db_index=True)
    name = models.CharField(_("name"), max_length=255)
    address = models.TextField(_("address"), blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    credentials = EncryptedJSONField(default=dict, blank=True, editable=False)
    account_id = ExternalIdField(_("account id"), null=True, blank=True)
    account_name = models.CharField(_("account"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=ConnectionState, default=ConnectionState.CONNECTED, db_index=True
    )
    reason = models.TextField(_("reason"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    created_by = models.ForeignKey(
        project.AUTH_USER_MODEL,
        verbose_name=_("connected by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        """The name of this account for the state that processes share."""
        return f"connection:{self.uuid}"

    @property
    def integration(self) -> Integration | None:
        """The code that knows the service; None when no installed app has it."""
        return find_integration(self.integration_id)

    @property
    def service_name(self) -> str:
        """The service's name for people; the integration's id when the code is missing."""
        integration = self.integration
        return str(integration.name) if integration else self.integration_id

    def client(self, timeout: float | timedelta | None = None) -> Client:
        """
        Make a client that calls the service with this account; close it, best by ``with``.

        Args:
            timeout: Seconds for one call, or a timedelta; None takes the client's own.
        Raises:
            UnknownName: no installed app has the integration.
            SecretUnreadable: no configured key opens the credentials; connect again or restore the key.
        """
        integration = self.integration
        if integration is None:
            raise UnknownName("integration", self.integration_id, integration_ids())
        return integration.build_client(self, timeout=timeout)

    def identify(self, account: Account | None) -> None:
        """Take over what the service calls the account, as far as the columns can hold it, without saving it."""
        if account is not None:
            longest = Connection._meta.get_field("account_name").max_length
            self.account_id, self.account_name = _storable(account.id), _storable(account.name)[:longest]

    def mark(self, state: str, reason: str = "") -> None:
        """
        Save what was just learned about this connection; nothing, when it was removed meanwhile.

        Args:
            state: A value of ConnectionState.
            reason: One sentence for people; empty when there is nothing to explain.
        """
        self.state = ConnectionState(state)
        self.reason = reason
        self.checked_at = clock.now()
        with suppress(Connection.DoesNotExist):
            self.save_changes("state", "reason", "checked_at")

    def save_changes(self, *columns: str) -> None:
        """
        Save columns of a row that is there; in the others stays what somebody else saved meanwhile.

        Raises:
            Connection.DoesNotExist: it was removed meanwhile, and is not made again.
        """
        using = router.db_for_write(Connection, instance=self)
        with transaction.atomic(using):
            Connection._base_manager.using(using).select_for_update().only("pk").get(pk=self.pk)
            self.save(using=using, update_fields=columns)

    def get_absolute_url(self) -> str:
        return reverse("dovetail_integrations:connection", kwargs={"uuid": self.uuid})


def _storable(text: str) -> str:
    """Leave out what no database takes as text: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
