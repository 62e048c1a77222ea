"""The settings of this connector."""

from pydantic import Field

from dovetail.core.settings import SettingsView


class CoffeeSettings(SettingsView, prefix="coffee"):
    """What the connect page offers."""

    demo_address: str = Field(
        "", description="Address of a demonstration machine that the connect page offers; empty when there is none."
    )
