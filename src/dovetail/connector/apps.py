"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from dovetail.ui.navigation import NavItem, navigation


class ConnectorConfig(AppConfig):
    """Records kept in sync with outside services."""

    name = "dovetail.connector"
    label = "dovetail_connector"
    verbose_name = _("Sync")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add what this room offers to people and operators, and find the applications' streams."""
        for module in ("checks", "verbs", "panel", "removal"):
            import_module(f"dovetail.connector.{module}")
        autodiscover_modules("streams")
        navigation.add(
            NavItem(
                key="runs",
                label=_("Sync"),
                url_name="dovetail_connector:runs",
                icon="refresh-cw",
                permission="dovetail_connector.view_run",
                order=20,
            )
        )
