"""The form that configures an integration."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dovetail.integrations.config import BaseIntegrationConfig
from dovetail.integrations.connection import Connection
from dovetail.integrations.forms.stored import to_stored
from dovetail.integrations.integration import Integration


class IntegrationConfigForm(forms.Form):
    """
    The base class: an integration's form adds its settings as fields.

    Args:
        integration: The integration to configure.
        request: The request of the page.
        instance: The configuration to change; None adds one.
    """

    model_fields: ClassVar[tuple[str, ...]] = ("name", "enabled", "connection")
    """The fields that go to the model's columns; every other goes to the settings under its own name."""

    name = forms.CharField(label=_("Name"), max_length=255, help_text=_("What you call this configuration."))
    enabled = forms.BooleanField(label=_("Enabled"), required=False, initial=True)

    def __init__(
        self,
        integration: Integration,
        request: HttpRequest,
        *args: Any,
        instance: BaseIntegrationConfig | None = None,
        **kwargs: Any,
    ) -> None:
        self.integration = integration
        self.request = request
        self.instance = instance
        kwargs["initial"] = {**self._stored_values(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if integration.connection_form is not None and hasattr(integration.manager.config_model, "connection"):
            self._add_connection()

    def save(self, commit: bool = True) -> BaseIntegrationConfig:
        """
        Write the values into the configuration and save it; settings that the form does not know stay.

        Raises:
            ValueError: the form has errors.
        """
        if self.errors:
            raise ValueError("A form with errors cannot be saved.")
        config = self.instance or self._new_config()
        for key, value in self.cleaned_data.items():
            if key in self.model_fields:
                setattr(config, key, value)
            else:
                config.set(key, to_stored(value))
        if commit:
            config.save()
        return config

    def _new_config(self) -> BaseIntegrationConfig:
        config = self.integration.manager.create_integration_config(self.integration)
        config.belong_to(self.request)
        return config

    def _stored_values(self) -> dict[str, Any]:
        values = dict(self.integration.default_settings)
        if self.instance is not None:
            columns = {name: getattr(self.instance, name) for name in self.model_fields if hasattr(self.instance, name)}
            values |= {**self.instance.settings, **columns}
        return {key: value.pk if isinstance(value, Model) else value for key, value in values.items()}

    def _add_connection(self) -> None:
        connections = Connection.objects.for_tenant(self.request)
        choices = connections.filter(integration_id=self.integration.integration_id)
        self.fields["connection"] = forms.ModelChoiceField(
            label=_("Connection"),
            queryset=choices,
            empty_label=_("Choose a connection") if choices else _("Connect an account first"),
            initial=choices[0] if len(choices) == 1 else None,
        )
        self.order_fields(("name", "connection"))
