"""The settings of a plugin."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field

from dovetail.core.settings import SettingsView


def declare_view() -> Any:
    """Declare a view whose keys begin with ``machine``."""

    class MachineSettings(SettingsView, prefix="machine"):
        cups: int = Field(3, gt=0, description="How many cups fit.")
        enabled: bool = False
        names: list[str] = []
        pause: timedelta = timedelta(seconds=5)
        manual: Path | None = None
        pin: str = Field("", repr=False)
        options: dict[str, int] = {}

    return MachineSettings
