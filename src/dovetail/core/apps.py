"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from dovetail.core.checks import stop_without_models


class CoreConfig(AppConfig):
    """What every other room stands on."""

    name = "dovetail.core"
    label = "dovetail_core"
    verbose_name = _("Dovetail: core")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Load the models, unless a room lacks one that it needs."""
        stop_without_models()
        super().import_models()

    def ready(self) -> None:
        """Learn the settings that each installed room reads, and what it needs from the project."""
        import_module("dovetail.core.state")
        for config in apps.get_app_configs():
            is_a_room = config.name.startswith("dovetail.")
            if is_a_room and config.module and module_has_submodule(config.module, "settings"):
                import_module(f"{config.name}.settings")
