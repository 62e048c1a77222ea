"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from dovetail.ui.navigation import NavItem, navigation


class IntegrationsConfig(AppConfig):
    """People connect accounts on outside services."""

    name = "dovetail.integrations"
    label = "dovetail_integrations"
    verbose_name = _("Integrations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("dovetail.integrations.checks")
        autodiscover_modules("integration")
        navigation.add(
            NavItem(
                key="integrations",
                label=_("Integrations"),
                url_name="dovetail_integrations:list",
                icon="plug",
                permission="dovetail_integrations.view_connection",
                order=10,
            )
        )
