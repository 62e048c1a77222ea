"""What goes wrong with jobs themselves."""

from dovetail.core.errors import DovetailError


class WorkerDied(DovetailError):
    """The worker's process ended without a word while it had this job; it is stored with the job, never raised."""
