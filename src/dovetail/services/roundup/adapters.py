"""Speaks the tracker's interface for its classes."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from urllib.parse import quote

from dovetail.clients.paging import Page
from dovetail.connector.adapter import Adapter, Record
from dovetail.services.roundup.client import RoundupClient

IDS_IN_ONE_CALL = 100


class RoundupAdapter(Adapter):
    """Reads one class of the tracker; a subclass names it and what it has."""

    kind: ClassVar[str]
    """The class's name in the tracker."""
    fields: ClassVar[tuple[str, ...]]
    """The properties that are read."""

    def pages(self, resume: str | None) -> Iterator[Page]:
        pages = self.tracker.items(self.kind, self.fields, page_size=self.work.stream.page_size, resume=resume)
        return pages.by_page()

    def read(self, external_id: str) -> Record:
        return self.tracker.item(self.kind, self.fields, external_id)

    def read_many(self, external_ids: Iterable[str]) -> list[Record]:
        """Fetch items by their ids; retired ones, which no list shows but others may still refer to, one by one."""
        ids = list(external_ids)
        parts = (ids[start : start + IDS_IN_ONE_CALL] for start in range(0, len(ids), IDS_IN_ONE_CALL))
        listed = [item for part in parts for item in self.tracker.items_where(self.kind, self.fields, id=part)]
        found = {self.external_id(item) for item in listed}
        return [*listed, *super().read_many(id_ for id_ in ids if id_ not in found)]

    def record_url(self, external_id: str) -> str:
        return f"{self.work.connection.address.rstrip('/')}/{self.kind}{quote(external_id, safe='')}"

    @property
    def tracker(self) -> RoundupClient:
        """Return the client that makes the calls."""
        assert isinstance(self.client, RoundupClient)
        return self.client


class StatusAdapter(RoundupAdapter):
    """Reads statuses."""

    kind, fields = "status", ("name", "order")


class PriorityAdapter(RoundupAdapter):
    """Reads priorities."""

    kind, fields = "priority", ("name", "order")


class KeywordAdapter(RoundupAdapter):
    """Reads keywords."""

    kind, fields = "keyword", ("name",)


class PersonAdapter(RoundupAdapter):
    """Reads users."""

    kind, fields = "user", ("username", "realname", "address")


class IssueAdapter(RoundupAdapter):
    """Reads issues."""

    kind = "issue"
    fields = ("title", "status", "priority", "keyword", "assignedto", "creator", "creation", "activity")
