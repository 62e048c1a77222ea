"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """The ready-made project."""

    name = "dovetail.hub"
    label = "dovetail_hub"
    verbose_name = _("Dovetail hub")
    default_auto_field = "django.db.models.BigAutoField"
