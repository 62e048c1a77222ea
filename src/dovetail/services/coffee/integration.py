"""The coffee machine as an integration."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dovetail.integrations.forms import ConnectionForm, SecretField
from dovetail.integrations.integration import Account, Integration
from dovetail.integrations.manager import register_integration
from dovetail.integrations.models import Connection
from dovetail.services.coffee import demonstration
from dovetail.services.coffee.client import CoffeeClient
from dovetail.services.coffee.settings import CoffeeSettings


class CoffeeConnectionForm(ConnectionForm):
    """What it takes to connect a machine."""

    address = forms.URLField(
        label=_("Address"), assume_scheme="https", help_text=_("Where the machine answers: https://coffee.example.org")
    )
    username = forms.CharField(label=_("User name"), max_length=200)
    password = SecretField(label=_("Password"))


@register_integration
class CoffeeIntegration(Integration):
    """Brews and suppliers of a coffee machine."""

    integration_id = "coffee"
    name = _("Coffee machine")
    description = _("Keeps a list of the brews that a coffee machine makes, and of who supplies the beans.")
    icon = "coffee"
    category = _("Demonstration")
    version = "1.0"
    author = "Dovetail"
    license = "BSD-3-Clause"
    client = CoffeeClient
    connection_form = CoffeeConnectionForm

    def test_connection(self, connection: Connection) -> Account:
        """Ask the machine whose password this is."""
        with connection.client() as machine:
            assert isinstance(machine, CoffeeClient)
            account = machine.account()
        return Account(id=account["id"], name=account["name"])

    def connection_initial(self, request: HttpRequest) -> Mapping[str, Any]:
        """Offer the demonstration machine when the setting ``coffee.demo_address`` names one."""
        address = CoffeeSettings.current().demo_address
        if not address:
            return {}
        return {"address": address, "username": demonstration.USERNAME, "password": demonstration.PASSWORD}
