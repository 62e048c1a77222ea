"""The body names the address of the next page."""

from collections.abc import Mapping
from typing import Any

from dovetail.clients.answers import Answer
from dovetail.clients.paging.paginator import Contents, Paginator, Place, look_into


class NextUrl(Paginator):
    """
    The body names the address of the next page.

    Args:
        items: Where the items stand in the body, joined by dots.
        next: Where the address of the next page stands; missing, null or empty on the last page.
        total: Where the number of all items stands.
    """

    def __init__(self, *, items: str = "data", next: str = "next", total: str = "total") -> None:  # noqa: A002 -- it is the word that services use
        super().__init__(items=items, total=total)
        self.next_path = next

    def first(self, target: str, params: Mapping[str, Any], token: str | None) -> Place:
        return Place(target=target, params=params) if token is None else Place(target=token, token=token)

    def next(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        address = look_into(contents.body, self.next_path)
        if not address:
            return None
        if not isinstance(address, str):
            raise answer.unexpected(f"{self.next_path!r} in the answer is no address")
        return str(answer.join(address))
