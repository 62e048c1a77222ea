"""Speaks the coffee machine's interface for its two kinds of records."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from urllib.parse import quote

from dovetail.clients.paging import Page
from dovetail.connector.adapter import Adapter, Record
from dovetail.services.coffee.client import LARGEST_PAGE, CoffeeClient


class CoffeeAdapter(Adapter):
    """Reads one kind of record; a subclass names it."""

    kind: ClassVar[str]
    """As in the machine's addresses."""

    def pages(self, resume: str | None) -> Iterator[Page]:
        return self.machine.records(self.kind, page_size=self.work.stream.page_size, resume=resume).by_page()

    def read(self, external_id: str) -> Record:
        return self.machine.record(self.kind, external_id)

    def read_many(self, external_ids: Iterable[str]) -> list[Record]:
        ids = list(external_ids)
        parts = (ids[start : start + LARGEST_PAGE] for start in range(0, len(ids), LARGEST_PAGE))
        return [record for part in parts for record in self.machine.records_by_id(self.kind, part)]

    def record_url(self, external_id: str) -> str:
        return f"{self.work.connection.address.rstrip('/')}/{self.kind}/{quote(external_id, safe='')}"

    @property
    def machine(self) -> CoffeeClient:
        """Return the client that makes the calls."""
        assert isinstance(self.client, CoffeeClient)
        return self.client


class SupplierAdapter(CoffeeAdapter):
    """Reads suppliers."""

    kind = "suppliers"


class BrewAdapter(CoffeeAdapter):
    """Reads brews."""

    kind = "brews"
