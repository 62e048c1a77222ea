"""What classes share that need a manager."""

from dovetail.integrations.manager import IntegrationManager, get_integration_manager


class NeedsIntegrationManagerMixin:
    """
    Knows the manager of integrations: the default one.

    An application with a manager of its own overrides the method in a mixin that stands before this class.
    """

    @classmethod
    def get_integration_manager(cls) -> IntegrationManager:
        return get_integration_manager()
