"""The form that connects an account, and edits the connection later."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from dovetail.core.errors import (
    AuthenticationFailed,
    ExternalServiceError,
    RecordNotFound,
    SecretUnreadable,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from dovetail.core.redaction import redact_credentials
from dovetail.integrations.connection import Connection
from dovetail.integrations.explanations import explain
from dovetail.integrations.forms.secret import SecretField
from dovetail.integrations.forms.stored import to_stored
from dovetail.integrations.integration import Integration

ABOUT_THE_ADDRESS = (Unreachable, TimedOut, RecordNotFound, UnexpectedAnswer)
"""Errors that most likely come of a wrong address."""


class ConnectionForm(forms.Form):
    """
    The base class: an integration's form adds what it takes to connect.

    A field named ``address`` goes to the connection's column, a SecretField to its credentials, every other field to
    its settings.

    Args:
        integration: The integration to connect.
        connection: The connection to edit; None connects a new one.
        demonstration: Values to begin with that everybody may see, secrets too.
    """

    name = forms.CharField(label=_("Name"), max_length=255, help_text=_("What you call this connection."))

    def __init__(
        self,
        *args: Any,
        integration: Integration,
        connection: Connection | None = None,
        demonstration: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.integration = integration
        self.instance = connection or Connection(integration_id=integration.integration_id, name=str(integration.name))
        kwargs["initial"] = {**self._stored_values(), **(demonstration or {}), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # what it takes elsewhere is not what the browser knows of this site
            field.widget.attrs.setdefault("autocomplete", "off")
        self._prepare_secrets(demonstration or {})

    @sensitive_variables()
    def connection(self) -> Connection:
        """Return the connection as it was entered, not yet saved; the form must be valid."""
        entered = copy(self.instance)
        values = {key: to_stored(value) for key, value in self.cleaned_data.items()}
        entered.name = values.pop("name")
        entered.address = values.pop("address", entered.address)
        new_secrets = {name: secret for name in self._secret_fields() if (secret := values.pop(name, ""))}
        entered.credentials = {**self._stored_secrets(), **new_secrets}
        entered.settings = {**entered.settings, **values}
        return entered

    def refuse(self, error: ExternalServiceError) -> None:
        """Show why the service could not be reached with what was entered, at the field that is to blame."""
        self.add_error(self._field_to_blame(error), explain(error, str(self.integration.name)))

    def clean(self) -> dict[str, Any]:
        """Keep secrets out of the address, and ask for each one again when the address changes."""
        address = self.cleaned_data.get("address", self.instance.address)
        if "address" in self.cleaned_data and redact_credentials(address) != address:  # it is stored and shown as it is
            self.add_error("address", _("Leave out the user name and password; they have fields of their own."))
        elif self.instance.address and address != self.instance.address:
            self._ask_for_secrets_again()
        return self.cleaned_data

    def _ask_for_secrets_again(self) -> None:
        for name, field in self._secret_fields().items():
            if field.has_stored_value and not self.cleaned_data.get(name) and name not in self.errors:
                field.ask_again()
                self.add_error(name, _("Enter this again: it would be sent to another address than before."))

    def _stored_values(self) -> dict[str, Any]:
        values = {**self.instance.settings, "name": self.instance.name}
        return {**values, "address": self.instance.address} if self.instance.address else values

    def _stored_secrets(self) -> Mapping[str, Any]:
        try:
            stored: Mapping[str, Any] = self.instance.credentials
        except SecretUnreadable:  # then every secret is asked for again
            return {}
        return stored

    def _prepare_secrets(self, demonstration: Mapping[str, Any]) -> None:
        for name, field in self._secret_fields().items():
            if name in self._stored_secrets():
                field.keep_stored()
            elif name in demonstration and not self.is_bound:
                field.offer()

    def _secret_fields(self) -> dict[str, SecretField]:
        return {name: field for name, field in self.fields.items() if isinstance(field, SecretField)}

    def _field_to_blame(self, error: ExternalServiceError) -> str | None:
        if isinstance(error, AuthenticationFailed):
            return next(iter(self._secret_fields()), None)
        if isinstance(error, ABOUT_THE_ADDRESS) and "address" in self.fields:
            return "address"
        return None
