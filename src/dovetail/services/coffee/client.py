"""Calls the coffee machine."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dovetail.clients.client import Client
from dovetail.clients.paging import NextUrl, Pages

LARGEST_PAGE = 1000
PAGES = NextUrl()


class CoffeeClient(Client):
    """The machine's interface: lists in pages with the next page's address, single records, the account."""

    service = "coffee"
    paginator = PAGES

    def account(self) -> dict[str, Any]:
        """Return the account that calls: ``id``, ``username``, ``name``."""
        answer = self.get("/account")
        match answer.json():
            case {"id": str(), "username": str(), "name": str()} as account:
                return dict(account)
        raise answer.unexpected("the answer has no account")

    def records(self, kind: str, *, page_size: int, resume: str | None = None) -> Pages:
        """
        List all records of a kind, by ascending id.

        Args:
            kind: ``"brews"`` or ``"suppliers"``.
            page_size: Records in one page, at most 1,000.
            resume: The token of the page to begin with; None begins with the first.
        """
        return self.pages(f"/{kind}", params={"page_size": page_size}, resume=resume, prefetch=1)

    def record(self, kind: str, id_: str) -> dict[str, Any]:
        """Return one record; RecordNotFound if there is none."""
        return dict(self.get_json(f"/{kind}/{quote(id_, safe='')}"))

    def records_by_id(self, kind: str, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Return the records with these ids, at most 1,000, without those that the machine does not have."""
        params = {"ids": ",".join(ids), "page_size": LARGEST_PAGE}
        return PAGES.read(self.get(f"/{kind}", params=params)).items
