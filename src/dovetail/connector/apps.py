"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectorConfig(AppConfig):
    """Records kept in sync with outside services."""

    name = "dovetail.connector"
    label = "dovetail_connector"
    verbose_name = _("Sync")
    default_auto_field = "django.db.models.BigAutoField"
