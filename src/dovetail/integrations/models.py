"""The rows of this room."""

from dovetail.integrations.config import BaseIntegrationConfig, IntegrationConfig
from dovetail.integrations.connection import Connection, ConnectionState

__all__ = ["BaseIntegrationConfig", "Connection", "ConnectionState", "IntegrationConfig"]
