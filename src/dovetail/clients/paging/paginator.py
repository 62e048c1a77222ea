"""How one style of paging works: three questions that a style answers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dovetail.clients.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page is read."""

    target: str
    """A path below the client's base URL, or a whole URL."""
    params: Mapping[str, Any] = field(default_factory=dict)
    token: str | None = None
    """What names the page; None is the first."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What stands on a page."""

    items: list[Any]
    body: Any
    total: int | None = None
    """How many items there are on all pages, if the service says so."""


class Paginator(ABC):
    """
    One style of paging, without input or output of its own.

    Args:
        items: Where the items stand in the body: names and list positions joined by dots, such as
            ``"data.collection"``; empty if the body is the list.
        total: Where the number of all items stands; empty if the service does not tell.
    """

    def __init__(self, *, items: str = "", total: str = "") -> None:
        self.items = items
        self.total = total

    @abstractmethod
    def first(self, target: str, params: Mapping[str, Any], token: str | None) -> Place:
        """
        Return where to begin.

        Args:
            target: The path that was asked for, with its parameters.
            token: What `next` returned before; None begins with the first page.
        """

    def read(self, answer: Answer) -> Contents:
        """
        Return what stands on a page.

        Raises:
            UnexpectedAnswer: there is no list where the items should be.
        """
        body = answer.json()
        items = look_into(body, self.items)
        if not isinstance(items, list):
            raise answer.unexpected(f"the answer has no list {self.items!r}" if self.items else "the answer is no list")
        total = look_into(body, self.total) if self.total else None
        return Contents(items=items, body=body, total=total if isinstance(total, int) else None)

    @abstractmethod
    def next(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        """Return the token of the next page, or None if this was the last."""


def look_into(body: Any, path: str) -> Any:
    """
    Return what stands at a path of names and list positions joined by dots, or None.

    Args:
        path: Such as ``"data.@links.next.0.uri"``; empty is the body itself.
    """
    for part in path.split(".") if path else ():
        if isinstance(body, Mapping):
            body = body.get(part)
        elif isinstance(body, list) and part.isdecimal() and int(part) < len(body):
            body = body[int(part)]
        else:
            return None
    return body
