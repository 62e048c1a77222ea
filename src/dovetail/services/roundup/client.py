"""Calls a Roundup tracker."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from dovetail.clients.client import Client
from dovetail.clients.paging import Pages
from dovetail.services.roundup.paging import TrackerPages

DATA = "/rest/data"
PAGES = TrackerPages()


class RoundupClient(Client):
    """
    The tracker's REST interface.

    Source: Roundup 2.6, "Rest API for Roundup". A class of the tracker, such as ``issue``, is a collection; links
    between items come as bare ids with ``@verbose=0``.
    """

    service = "roundup"
    paginator = PAGES

    def items(self, kind: str, fields: Sequence[str], *, page_size: int, resume: str | None = None) -> Pages:
        """
        List all items of a class that are not retired, by ascending id.

        Args:
            kind: The class: ``"issue"``.
            fields: Properties to give beside the id; those that the account may not see are missing.
            page_size: Items in one page.
            resume: The token of the page to begin with; None begins with the first.
        """
        params = {"@page_size": page_size, **_shape(fields)}
        return self.pages(f"{DATA}/{kind}", params=params, resume=resume, prefetch=1)

    def items_where(self, kind: str, fields: Sequence[str], **wanted: str | Iterable[str]) -> list[dict[str, Any]]:
        """
        Return the items of a class with these properties, without those that are retired.

        Args:
            wanted: For each property its value, or several of which one must fit. With a colon after the property's
                name a text must be the same, else it need only occur.
        """
        return PAGES.read(self.get(f"{DATA}/{kind}", params={**wanted, **_shape(fields)})).items

    def item(self, kind: str, fields: Sequence[str], id_: str) -> dict[str, Any]:
        """Return one item, retired or not; RecordNotFound if it does not exist."""
        answer = self.get(f"{DATA}/{kind}/{quote(id_, safe='')}", params=_shape(fields))
        match answer.json():
            case {"data": {"id": found, "attributes": dict(attributes)}}:
                return {"id": found, **attributes}
        raise answer.unexpected("the answer has no item")

    def user_named(self, username: str) -> dict[str, Any] | None:
        """Return the ``id``, ``username`` and ``realname`` of the user who signs in so; None if there is none."""
        found = self.items_where("user", ("username", "realname"), **{"username:": username})
        return found[0] if found else None


def _shape(fields: Sequence[str]) -> dict[str, Any]:
    return {"@verbose": 0, "@fields": ",".join(fields)}
