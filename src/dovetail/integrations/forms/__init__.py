"""The forms by which people connect accounts and configure integrations."""

from dovetail.integrations.forms.config import IntegrationConfigForm
from dovetail.integrations.forms.connection import ConnectionForm
from dovetail.integrations.forms.secret import SecretField

__all__ = ["ConnectionForm", "IntegrationConfigForm", "SecretField"]
