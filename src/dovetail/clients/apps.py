"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    """Calls to outside services that survive their bad days."""

    name = "dovetail.clients"
    label = "dovetail_clients"
    verbose_name = _("Calls to services")
    default_auto_field = "django.db.models.BigAutoField"
