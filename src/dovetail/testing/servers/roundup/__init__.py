"""A real Roundup issue tracker, set up in a temporary folder and filled with issues."""

from dovetail.testing.servers.roundup.tracker import RoundupTracker

__all__ = ["RoundupTracker"]
