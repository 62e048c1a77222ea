"""The header `Link` names the address of the next page."""

from collections.abc import Mapping
from typing import Any

from dovetail.clients.answers import Answer
from dovetail.clients.paging.paginator import Contents, Paginator, Place


class LinkHeader(Paginator):
    """
    The header `Link` names the address of the next page, as GitHub's does.

    Source: RFC 8288.
    """

    def first(self, target: str, params: Mapping[str, Any], token: str | None) -> Place:
        return Place(target=target, params=params) if token is None else Place(target=token, token=token)

    def next(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        address = answer.links.get("next", {}).get("url")
        return str(answer.join(address)) if address else None
