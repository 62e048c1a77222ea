"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """The ready-made project."""

    name = "dovetail.hub"
    label = "dovetail_hub"
    verbose_name = _("Dovetail hub")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dovetail.core.commands import add_verb
        from dovetail.hub import verbs
        from dovetail.hub.demo import Demo

        for verb in (verbs.Migrate, verbs.Start, verbs.CreateUser, Demo):
            add_verb(verb)
