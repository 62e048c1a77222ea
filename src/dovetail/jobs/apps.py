"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Work in the background that is never lost."""

    name = "dovetail.jobs"
    label = "dovetail_jobs"
    verbose_name = _("Jobs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add what this room needs from the project and what it offers to operators."""
        import_module("dovetail.jobs.checks")
        import_module("dovetail.jobs.verbs")
