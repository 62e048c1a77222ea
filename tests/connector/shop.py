"""A shop whose records are kept in sync: the service, its integration and three streams."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from urllib.parse import parse_qs

import httpx2

from dovetail.clients.client import Client
from dovetail.clients.paging import NextUrl, Page
from dovetail.connector.adapter import Adapter
from dovetail.connector.convert import Cents
from dovetail.connector.mapper import Field, Mapper, Reference, References
from dovetail.connector.stream import Stream
from dovetail.integrations.integration import Integration
from tests.connector.app.models import FolderBinding, ItemBinding, MakerBinding, TagBinding

ADDRESS = "https://shop.example"

Trouble = httpx2.Response | BaseException | Callable[[], object]
"""An answer, an error, or something that happens before the right answer."""


class ShopServer(httpx2.BaseTransport):
    """Serves lists and records; a test puts records in and says where there is trouble."""

    page_size = 10

    def __init__(self) -> None:
        self.records: dict[str, dict[str, dict[str, Any]]] = {"items": {}, "makers": {}, "tags": {}, "folders": {}}
        self.asked: list[str] = []
        """Paths with their page, in order: ``"/items?page=2"``."""
        self.troubles: dict[str, list[Trouble]] = defaultdict(list)

    def put(self, kind: str, *records: dict[str, Any]) -> None:
        """Add records, or replace those with the same id."""
        self.records[kind] |= {str(record["id"]): record for record in records}

    def put_items(self, count: int, **values: Any) -> None:
        """Add plain items, numbered from 1."""
        self.put("items", *(item(number, **values) for number in range(1, count + 1)))

    def trouble(self, path: str, *troubles: Trouble) -> None:
        """Let the next requests for a path go like this, one after the other."""
        self.troubles[path] += troubles

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path + (f"?page={page}" if (page := _page(request)) > 1 else "")
        self.asked.append(path)
        if self.troubles[path] and (response := _cause(self.troubles[path].pop(0))):
            return response
        if single := re.fullmatch(r"/(\w+)/(.+)", request.url.path):
            record = self.records[single[1]].get(single[2])
            return answer(record) if record else httpx2.Response(404)
        return self._list(request.url.path.strip("/"), page)

    def _list(self, kind: str, page: int) -> httpx2.Response:
        records = list(self.records[kind].values())
        end = page * self.page_size
        following = f"{ADDRESS}/{kind}?page={page + 1}" if end < len(records) else None
        return answer({"data": records[end - self.page_size : end], "next": following, "total": len(records)})


class ShopClient(Client):
    service = "shop"
    paginator = NextUrl()


class ShopIntegration(Integration):
    integration_id = "shop"
    name = "Shop"
    client = ShopClient
    server: ClassVar[ShopServer]

    def build_client(self, connection: Any, timeout: Any = None) -> Client:
        return ShopClient(base_url=connection.address, scope=connection.scope, transport=self.server)


class ShopAdapter(Adapter):
    path = ""

    def pages(self, resume: str | None) -> Iterator[Page]:
        return self.client.pages(f"/{self.path}", resume=resume).by_page()

    def read(self, external_id: str) -> Any:
        return self.client.get_json(f"/{self.path}/{external_id}")

    def record_url(self, external_id: str) -> str:
        return f"{ADDRESS}/{self.path}/{external_id}.html"


class MakerAdapter(ShopAdapter):
    path = "makers"


class TagAdapter(ShopAdapter):
    path = "tags"


class ItemAdapter(ShopAdapter):
    path = "items"


class FolderAdapter(ShopAdapter):
    path = "folders"


class FolderMapper(Mapper):
    name = Field("name")
    parent = Reference("parent", FolderBinding)


class MakerMapper(Mapper):
    name = Field("name")


class TagMapper(Mapper):
    name = Field("name")


class ItemMapper(Mapper):
    name = Field("title")
    sku = Field("sku")
    price = Field("cents", convert=Cents())
    quantity = Field("quantity")
    shelf = Field("shelf", default="")
    maker = Reference("maker", MakerBinding)
    tags = References("tags", TagBinding)


class Makers(Stream):
    integration, binding, mapper, adapter = ShopIntegration, MakerBinding, MakerMapper, MakerAdapter


class Items(Stream):
    integration, binding, mapper, adapter = ShopIntegration, ItemBinding, ItemMapper, ItemAdapter
    page_size = 10


class Folders(Stream):
    integration, binding, mapper, adapter = ShopIntegration, FolderBinding, FolderMapper, FolderAdapter


class Tags(Stream):
    integration, binding, mapper, adapter = ShopIntegration, TagBinding, TagMapper, TagAdapter


def item(number: int, **values: Any) -> dict[str, Any]:
    """Return an item as the shop sends it."""
    plain = {"title": f"Item {number}", "sku": f"S-{number}", "cents": 1250, "quantity": 3, "maker": None, "tags": []}
    return {"id": number, **plain, **values}


def answer(body: Any) -> httpx2.Response:
    """Return a response with JSON."""
    return httpx2.Response(200, content=json.dumps(body), headers={"content-type": "application/json"})


def _page(request: httpx2.Request) -> int:
    return int(parse_qs(request.url.query.decode()).get("page", ["1"])[0])


def _cause(trouble: Trouble) -> httpx2.Response | None:
    if isinstance(trouble, BaseException):
        raise trouble
    if isinstance(trouble, httpx2.Response):
        return trouble
    trouble()
    return None
