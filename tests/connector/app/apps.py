"""The Django app."""

from django.apps import AppConfig


class ConnectorTestConfig(AppConfig):
    """Records for the tests of the connector."""

    name = "tests.connector.app"
    label = "connector_app"
    default_auto_field = "django.db.models.BigAutoField"
