"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    """People connect accounts on outside services."""

    name = "dovetail.integrations"
    label = "dovetail_integrations"
    verbose_name = _("Integrations")
    default_auto_field = "django.db.models.BigAutoField"
