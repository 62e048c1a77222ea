"""The settings of this room."""

from pydantic import Field

from dovetail.core.settings import SettingsView


class IntegrationsSettings(SettingsView, prefix="integrations"):
    """How accounts are connected."""

    tenant: str = Field(
        "",
        description="Dotted path of a callable that takes a request and returns its tenant's id or None; "
        "empty means that the site has no tenants.",
    )
    test_seconds: float = Field(
        10, gt=0, description="For how many seconds, at most, a person waits while a connection is tested."
    )
