"""Pages have numbers."""

from collections.abc import Mapping
from typing import Any

from dovetail.clients.answers import Answer
from dovetail.clients.paging.paginator import Contents, Paginator, Place


class PageNumber(Paginator):
    """
    Pages have numbers; the walk ends at an empty page, or earlier when the size or the total tell.

    Args:
        items: Where the items stand in the body, joined by dots; empty if the body is the list.
        total: Where the number of all items stands.
        page: The query parameter that takes the number.
        first_page: The number of the first page.
        size: The query parameter that takes the page size; empty if the service decides.
        page_size: How many items to ask for.
    """

    def __init__(
        self,
        *,
        items: str = "",
        total: str = "",
        page: str = "page",
        first_page: int = 1,
        size: str = "",
        page_size: int = 100,
    ) -> None:
        super().__init__(items=items, total=total)
        self.page = page
        self.first_page = first_page
        self.size = size
        self.page_size = page_size

    def first(self, target: str, params: Mapping[str, Any], token: str | None) -> Place:
        own = {self.page: token or str(self.first_page)} | ({self.size: self.page_size} if self.size else {})
        return Place(target=target, params={**params, **own}, token=token)

    def next(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        number = int(place.params[self.page])
        return None if self._is_last(number, contents) else str(number + 1)

    def _is_last(self, number: int, contents: Contents) -> bool:
        if not contents.items:
            return True
        if not self.size:
            return False
        pages_read = number - self.first_page + 1
        return contents.total is not None and pages_read * self.page_size >= contents.total
