"""What other rooms do when a connection is removed."""

from collections.abc import Callable
from dataclasses import dataclass

from dovetail.core.registry import Registry
from dovetail.integrations.connection import Connection


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What one room tells and does when a connection is removed."""

    key: str
    """Names it, such as ``"connector"``."""
    describe: Callable[[Connection], list[str]]
    """Returns sentences, translated, that a person reads before the connection is removed."""
    remove: Callable[[Connection], None]
    """Removes the room's rows; called in the transaction that removes the connection."""


removals: Registry[Removal] = Registry("removal")
