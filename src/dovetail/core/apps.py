"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every other room stands on."""

    name = "dovetail.core"
    label = "dovetail_core"
    verbose_name = _("Dovetail: core")
    default_auto_field = "django.db.models.BigAutoField"
