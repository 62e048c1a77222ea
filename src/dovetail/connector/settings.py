"""The settings of this room."""

from pydantic import Field

from dovetail.core.settings import SettingsView


class ConnectorSettings(SettingsView, prefix="connector"):
    """How records are kept in sync."""

    failures_before_pause: int = Field(
        20, gt=0, description="After how many failures without a page in between a run pauses until a person looks."
    )
    first_wait_seconds: float = Field(
        2, gt=0, description="The longest wait after a run's first failure; it doubles with each further failure."
    )
    longest_wait_seconds: float = Field(
        600, gt=0, description="The longest wait between two attempts, unless the service asks for a longer one."
    )
    turn_seconds: float = Field(
        60, gt=0, description="After how many seconds a run lets other jobs come first and goes on behind them."
    )
    lost_after_seconds: float = Field(
        120,
        gt=0,
        description="After how many seconds without a sign of life and without a job a run counts as stopped.",
    )
