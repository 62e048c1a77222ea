"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundupConfig(AppConfig):
    """Issues of a Roundup tracker."""

    name = "dovetail.services.roundup"
    label = "dovetail_roundup"
    verbose_name = _("Roundup issue tracker")
    default_auto_field = "django.db.models.BigAutoField"
