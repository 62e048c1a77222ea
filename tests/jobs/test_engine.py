"""The engine keeps the contract of tasks backends."""

from dovetail.testing.jobs import JobsContract


class TestEngine(JobsContract):
    """Our own engine."""
