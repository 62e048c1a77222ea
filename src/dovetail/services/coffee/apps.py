"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoffeeConfig(AppConfig):
    """The coffee machine: the connector that shows how connectors are written."""

    name = "dovetail.services.coffee"
    label = "dovetail_coffee"
    verbose_name = _("Coffee machine")
    default_auto_field = "django.db.models.BigAutoField"
