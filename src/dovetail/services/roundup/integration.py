"""A Roundup tracker as an integration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dovetail.integrations.forms import ConnectionForm, SecretField
from dovetail.integrations.integration import Account, Integration
from dovetail.integrations.manager import register_integration
from dovetail.integrations.models import Connection
from dovetail.services.roundup.client import RoundupClient


class RoundupConnectionForm(ConnectionForm):
    """What it takes to connect a tracker."""

    address = forms.URLField(
        label=_("Address"),
        assume_scheme="https",
        help_text=_("The tracker's front page: https://bugs.example.org/tracker"),
    )
    username = forms.CharField(label=_("User name"), max_length=200)
    password = SecretField(label=_("Password"))


@register_integration
class RoundupIntegration(Integration):
    """Issues of a Roundup tracker."""

    integration_id = "roundup"
    name = _("Roundup issue tracker")
    description = _("Keeps a tracker's issues, with their status, priority, keywords and people.")
    icon = "bug"
    category = _("Issue trackers")
    version = "1.0"
    author = "Dovetail"
    license = "BSD-3-Clause"
    client = RoundupClient
    connection_form = RoundupConnectionForm

    def test_connection(self, connection: Connection) -> Account | None:
        """Ask the tracker for the user who signs in."""
        username = connection.settings["username"]
        with connection.client() as tracker:
            assert isinstance(tracker, RoundupClient)
            user = tracker.user_named(username)
        return Account(id=user["id"], name=user.get("realname") or username) if user else None
