"""The stream that the import benchmark runs: the server's records as items of the tests' app."""

from collections.abc import Iterator

from dovetail.clients.client import Client
from dovetail.clients.paging import NextUrl, Page
from dovetail.connector.adapter import Adapter
from dovetail.connector.mapper import Field, Mapper
from dovetail.connector.stream import Stream
from dovetail.integrations.integration import Integration
from dovetail.integrations.manager import register_integration
from tests.connector.app.models import ItemBinding


class ShopClient(Client):
    """Calls the server."""

    service = "shop"
    paginator = NextUrl()


@register_integration
class ShopIntegration(Integration):
    """The server as an integration."""

    integration_id = "benchmark.shop"
    client = ShopClient


class ItemAdapter(Adapter):
    """Lists the server's records."""

    def pages(self, resume: str | None) -> Iterator[Page]:
        return self.client.pages("/items", resume=resume, prefetch=1).by_page()


class ItemMapper(Mapper):
    """A record of 500 bytes as an item of eight columns."""

    name = Field("title")
    sku = Field("sku")
    price = Field("price")
    quantity = Field("quantity")
    is_active = Field("active")
    updated_at = Field("updated_at")
    note = Field("note")
    payload = Field("details")


class Items(Stream):
    """All records."""

    integration, binding, mapper, adapter = ShopIntegration, ItemBinding, ItemMapper, ItemAdapter
