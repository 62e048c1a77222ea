"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Work in the background that is never lost."""

    name = "dovetail.jobs"
    label = "dovetail_jobs"
    verbose_name = _("Jobs")
    default_auto_field = "django.db.models.BigAutoField"
