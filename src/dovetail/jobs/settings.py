"""The settings ``jobs.*``."""

from pydantic import Field

from dovetail.core.settings import SettingsView


class JobsSettings(SettingsView, prefix="jobs"):
    """How workers work."""

    threads: int = Field(2, ge=1, le=64, description="How many jobs one worker runs side by side.")
    batch_size: int = Field(50, ge=1, le=1000, description="The most jobs that one worker leases ahead.")
    lease_seconds: float = Field(30, gt=0, description="How long a job stays with a worker that gives no sign of life.")
    heartbeat_seconds: float = Field(10, gt=0, description="How often a worker extends its leases.")
    poll_min_seconds: float = Field(0.05, gt=0, description="The wait before a worker without work looks again.")
    poll_max_seconds: float = Field(0.25, gt=0, description="Where that wait, which doubles, ends.")
    stop_seconds: float = Field(20, ge=0, description="How long a worker that is told to stop lets its jobs finish.")
