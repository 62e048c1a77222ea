"""One measured figure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """
    One figure of ours beside a peer's.

    Medians of rounds that alternate (ours, peer, ours, peer …) in one run, so that a machine that changes its pace
    changes both.
    """

    name: str
    """What is measured; begins with import, client, jobs, resources, webhooks or typescript."""
    ours: float
    peer: float
    peer_name: str
    unit: str
    goal: str
    """The figure to reach, for a person: ``at least 20x``."""
    ratio: float
    """How many times better than the peer we are, or ours divided by the peer, as the goal says."""
    met: bool
