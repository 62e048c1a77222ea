"""The manager of integrations: one for each process and model of configurations."""

import threading
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

from django.apps import apps
from django.db.models import QuerySet

from dovetail.core.errors import UnknownName
from dovetail.core.registry import Registry
from dovetail.integrations.integration import Integration
from dovetail.integrations.owner import owner_columns

if TYPE_CHECKING:
    from dovetail.integrations.config import BaseIntegrationConfig

IntegrationClass = TypeVar("IntegrationClass", bound=type[Integration])


class IntegrationManager:
    """
    Holds the integrations of an application and keeps them enabled or disabled as their configurations say.

    Args:
        config_model: A concrete subclass of BaseIntegrationConfig, or its ``"app_label.Model"``.
    """

    def __init__(self, config_model: "type[BaseIntegrationConfig] | str") -> None:
        self._config_model = config_model
        self._integrations: Registry[Integration] = Registry("integration")
        self._lock = threading.RLock()
        _managers.add(self)

    @property
    def config_model(self) -> "type[BaseIntegrationConfig]":
        if isinstance(self._config_model, str):
            self._config_model = apps.get_model(self._config_model)
        return self._config_model

    def register_integration_class(self, cls: type[Integration]) -> Integration:
        """
        Make the one instance of an integration, not yet enabled, and return it.

        Raises:
            DuplicateName: an integration has this id.
        """
        return self._integrations.add(cls.integration_id, cls(self))

    def unregister_integration_class(self, cls: type[Integration]) -> None:
        """Disable an integration and take it out; its configurations stay. UnknownName if it is not there."""
        integration = self._integrations.remove(cls.integration_id)
        with self._lock:
            integration.lifecycle.settle(False)

    def get_integration(self, integration_id: str) -> Integration:
        """Return the integration with this id; UnknownName, which is a LookupError, if there is none."""
        return self._integrations.get(integration_id)

    def get_integrations(self) -> list[Integration]:
        """List the integrations in the order in which they were registered."""
        return list(self._integrations)

    def get_integration_configs(
        self, integration: Integration | None = None, **filters: Any
    ) -> "QuerySet[BaseIntegrationConfig]":
        """
        Return enabled configurations.

        Args:
            integration: Whose; None for those of all integrations.
            filters: Look-ups of the model; ``owner`` takes a model instance, or None for the whole site.
        """
        if "owner" in filters:
            filters |= owner_columns(filters.pop("owner"))
        if integration is not None:
            filters["integration_id"] = integration.integration_id
        return self.config_model._default_manager.filter(enabled=True, **filters)

    def create_integration_config(self, integration: Integration, **fields: Any) -> "BaseIntegrationConfig":
        """Return a new configuration for an integration, not yet saved."""
        return self.config_model(integration_id=integration.integration_id, **fields)

    def refresh(self) -> None:
        """
        Enable and disable the integrations as the committed configurations say.

        The configurations themselves are read, in one statement; so a change counts from its commit on, however it
        was written and by which process.
        """
        if not self._integrations:
            return
        wanted = set(
            self.config_model._default_manager.filter(enabled=True)
            .order_by()
            .values_list("integration_id", flat=True)
            .distinct()
        )
        for integration in self._integrations:
            self._settle(integration, integration.integration_id in wanted)

    def shutdown(self) -> None:
        """Disable and forget every integration."""
        for integration in self._integrations:
            self.unregister_integration_class(type(integration))

    def _settle(self, integration: Integration, wanted: bool) -> None:
        if integration.lifecycle.is_settled(wanted):
            return
        with self._lock:
            integration.lifecycle.settle(wanted)


_managers: WeakSet[IntegrationManager] = WeakSet()
_default_manager = IntegrationManager("dovetail_integrations.IntegrationConfig")


def get_integration_manager() -> IntegrationManager:
    """Return the default manager, whose configurations are rows of IntegrationConfig."""
    return _default_manager


def integration_managers() -> list[IntegrationManager]:
    """List every manager of this process, the default one first."""
    return [_default_manager, *(manager for manager in _managers if manager is not _default_manager)]


def register_integration(cls: IntegrationClass) -> IntegrationClass:
    """Register an integration with the default manager; a class decorator for an app's ``integration`` module."""
    _default_manager.register_integration_class(cls)
    return cls


def find_integration(integration_id: str) -> Integration | None:
    """Return the integration with this id, of whichever manager; None if no installed app has it."""
    for manager in integration_managers():
        try:
            return manager.get_integration(integration_id)
        except UnknownName:
            continue
    return None


def integration_ids() -> list[str]:
    """List the ids of the integrations of every manager."""
    return [
        integration.integration_id for manager in integration_managers() for integration in manager.get_integrations()
    ]
