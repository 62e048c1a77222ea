"""The transport for other people's tests."""

import httpx2
import pytest

from dovetail.core.errors import TimedOut, Unreachable
from dovetail.testing.transport import FakeTransport
from tests.clients.conftest import ONCE, CoffeeClient


@pytest.fixture
def fake():
    return FakeTransport()


@pytest.fixture
def client(fake):
    return CoffeeClient(base_url="https://c.example/api", transport=fake, retry=ONCE)


def test_it_answers_in_the_order_of_registration(fake, client):
    fake.add("GET", "/api/brews", json=[1], times=1)
    fake.add("GET", "/api/brews", json=[2])

    assert [client.get_json("/brews") for _ in range(3)] == [[1], [2], [2]]


def test_it_tells_queries_apart_however_they_are_given(fake, client):
    fake.add("get", "/api/brews?page=2", json=[2])
    fake.add("GET", "https://c.example/api/brews", params={"page": 1}, json=[1])

    assert client.get_json("/brews?page=1") == [1]
    assert client.get_json("/brews", params={"page": 2, "size": 9}) == [2]


def test_it_remembers_what_was_asked(fake, client):
    fake.add("POST", "/api/brews", status=201)

    client.post("/brews", params={"tag": ["a", "b"]}, json={"name": "x"}, headers={"X-Own": "1"})

    (call,) = fake.calls
    assert (call.method, call.url) == ("POST", "https://c.example/api/brews")
    assert call.params == {"tag": ["a", "b"]}
    assert call.json == {"name": "x"}
    assert call.body == b'{"name":"x"}'
    assert call.headers["x-own"] == "1"


def test_it_fails_as_the_network_does(fake, client):
    fake.add("GET", "/api/a", error=httpx2.ConnectError("refused"))
    fake.add("GET", "/api/b", error=TimedOut())

    with pytest.raises(Unreachable, match="coffee, GET /api/a: no connection could be made"):
        client.get("/a")
    with pytest.raises(TimedOut):
        client.get("/b")


def test_it_names_what_is_registered_when_something_else_is_asked(fake, client):
    fake.add("GET", "/api/brews?page=1", json=[], times=1)
    client.get("/brews?page=1")

    with pytest.raises(AssertionError, match=r"(?s)POST https://c.example/api/x .*GET /api/brews with .*used up"):
        client.post("/x")
