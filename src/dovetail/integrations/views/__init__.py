"""The pages of this room."""

from dovetail.integrations.views.admin import BaseAdminIntegrationConfigFormView, BaseAdminIntegrationListView
from dovetail.integrations.views.catalogue import BaseIntegrationListView
from dovetail.integrations.views.config import BaseIntegrationConfigFormView, IntegrationConfigDeleteView
from dovetail.integrations.views.connect import ConnectionEditView, ConnectView
from dovetail.integrations.views.connection import ConnectionRemoveView, ConnectionTestView, ConnectionView

__all__ = [
    "BaseAdminIntegrationConfigFormView",
    "BaseAdminIntegrationListView",
    "BaseIntegrationConfigFormView",
    "BaseIntegrationListView",
    "ConnectView",
    "ConnectionEditView",
    "ConnectionRemoveView",
    "ConnectionTestView",
    "ConnectionView",
    "IntegrationConfigDeleteView",
]
