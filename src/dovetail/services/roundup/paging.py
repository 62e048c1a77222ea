"""How a tracker pages its lists."""

from urllib.parse import urlsplit

from dovetail.clients.answers import Answer
from dovetail.clients.paging import Contents, NextUrl, Place


class TrackerPages(NextUrl):
    """
    The body names the address of the next page.

    It is built with the address in the tracker's configuration, which behind a proxy is seldom the one that calls
    reach; so only its query is followed.
    """

    def __init__(self) -> None:
        super().__init__(items="data.collection", next="data.@links.next.0.uri", total="data.@total_size")

    def next(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        address = super().next(place, answer, contents)
        return str(answer.join(f"?{urlsplit(address).query}")) if address else None
