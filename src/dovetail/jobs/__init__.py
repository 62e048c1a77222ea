"""Work in the background that is never lost."""

from dovetail.jobs.job import job

__all__ = ["job"]
