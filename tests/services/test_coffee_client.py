"""The coffee machine's client and mapper, on recorded answers."""

from decimal import Decimal
from typing import Any

import pytest

from dovetail.clients.auth import Basic
from dovetail.core.errors import RecordProblem, UnexpectedAnswer
from dovetail.services.coffee.client import CoffeeClient
from dovetail.services.coffee.mappers import BrewMapper
from dovetail.services.coffee.models import BrewBinding, SupplierBinding
from dovetail.testing.transport import FakeTransport

BREW: dict[str, Any] = {
    "id": 42,
    "title": "Huila Lungo 42",
    "price_cents": 474,
    "strength": 9,
    "available": True,
    "supplier_id": 3,
    "recipe": {"summary": "Vienna roast with notes of jasmine and honey.", "grams": 14, "seconds": 62},
    "updated_at": "2026-01-01T00:42:00Z",
}


@pytest.fixture
def fake() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def client(fake: FakeTransport) -> CoffeeClient:
    return CoffeeClient(base_url="https://coffee.example", auth=Basic("barista", "secret"), transport=fake)


def test_a_brew_is_translated() -> None:
    mapped = BrewMapper(BrewBinding).to_internal(BREW)
    assert mapped.values == {
        "name": "Huila Lungo 42",
        "price": Decimal("4.74"),
        "available": True,
        "notes": "Vienna roast with notes of jasmine and honey.",
    }
    assert mapped.references == {"supplier": (SupplierBinding, "3")}
    assert mapped.extras == {"strength": 9, "remote_version": "2026-01-01T00:42:00Z"}


def test_what_is_wrong_with_a_brew_is_told_by_field() -> None:
    with pytest.raises(RecordProblem) as problem:
        BrewMapper(BrewBinding).to_internal({"id": 1, "price_cents": "free"})
    assert {"name", "price", "supplier"} <= set(problem.value.reasons)


def test_a_strength_of_zero_is_a_strength() -> None:
    assert BrewMapper(BrewBinding).to_internal(BREW | {"strength": 0}).extras["strength"] == 0


def test_all_pages_are_read(client: CoffeeClient, fake: FakeTransport) -> None:
    following = "https://coffee.example/brews?page_size=1&page=2"
    fake.add("GET", "/brews?page=2", json={"data": [BREW], "next": None, "total": 2})
    fake.add("GET", "/brews", json={"data": [BREW | {"id": 41}], "next": following, "total": 2})
    assert [brew["id"] for brew in client.records("brews", page_size=1)] == [41, 42]


def test_brews_are_read_by_their_ids(client: CoffeeClient, fake: FakeTransport) -> None:
    fake.add("GET", "/brews", params={"ids": "42,43"}, json={"data": [BREW], "next": None, "total": 1})
    assert client.records_by_id("brews", ["42", "43"]) == [BREW]


def test_an_id_stays_one_part_of_the_address(client: CoffeeClient, fake: FakeTransport) -> None:
    fake.add("GET", "https://coffee.example/brews/..%2Faccount%3Fx", json=BREW)
    assert client.record("brews", "../account?x") == BREW


def test_another_service_at_the_address_is_noticed(client: CoffeeClient, fake: FakeTransport) -> None:
    fake.add("GET", "/account", json={"hello": "world"})
    with pytest.raises(UnexpectedAnswer):
        client.account()
