"""What this room and the registered integrations need from a project."""

from collections.abc import Iterator

from django.apps import apps

from dovetail.core.checks import Missing, Requirement, require, require_middleware
from dovetail.integrations.manager import integration_managers


def missing_apps() -> Iterator[Missing]:
    """Find the apps that integrations require and that are not installed."""
    integrations = [one for manager in integration_managers() for one in manager.get_integrations()]
    for integration in integrations:
        for app in integration.requires_apps:
            if not apps.is_installed(app):
                yield Missing(
                    what=f"INSTALLED_APPS lacks {app}, which the integration {integration.integration_id!r} requires.",
                    line=f'Append to INSTALLED_APPS: "{app}",',
                )


require_middleware("dovetail.integrations.middleware.IntegrationsMiddleware", needed_by="dovetail.integrations")
require(Requirement(id="dovetail.E001", find=missing_apps), name="of integrations")
