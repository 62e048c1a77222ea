"""The one path of every change: who follows a model hears of each write to it, in the writer's transaction."""

from dovetail.core.changes.followed import FollowedManager, FollowedQuerySet, follow
from dovetail.core.changes.path import (
    Change,
    Operation,
    current_origin,
    is_followed,
    record,
    subscribe,
    unsubscribe,
    writing_as,
)

__all__ = [
    "Change",
    "FollowedManager",
    "FollowedQuerySet",
    "Operation",
    "current_origin",
    "follow",
    "is_followed",
    "record",
    "subscribe",
    "unsubscribe",
    "writing_as",
]
