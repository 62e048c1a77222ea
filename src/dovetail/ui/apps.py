"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The shared look of all pages."""

    name = "dovetail.ui"
    label = "dovetail_ui"
    verbose_name = _("Dovetail: pages")
    default_auto_field = "django.db.models.BigAutoField"
