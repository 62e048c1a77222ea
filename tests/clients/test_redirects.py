"""Where redirects lead, and that credentials do not leave the service."""

from collections.abc import Iterator

import httpx2
import pytest

from dovetail.clients import ApiKey, Basic, Bearer
from dovetail.clients.address import is_home
from dovetail.core.errors import RequestRefused, UnexpectedAnswer
from dovetail.testing.servers.faults import FaultServer, Reply


@pytest.fixture
def stranger() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def to(address: str, status: int = 302) -> Reply:
    return Reply(status, headers={"Location": address})


def test_a_redirect_within_the_service_takes_the_credentials_along(server, make_client):
    server.plan("/old", to("/new?page=2"))
    server.plan("/new", Reply(json=[1]))

    assert make_client(auth=Basic("barista", "secret")).get_json("/old") == [1]
    assert server.seen[1].target == "/new?page=2"
    assert server.seen[1].headers["authorization"] == server.seen[0].headers["authorization"]


@pytest.mark.parametrize("auth", [Basic("barista", "s3cret"), Bearer("s3cret"), ApiKey("s3cret", header="X-Api-Key")])
def test_a_redirect_to_another_host_takes_no_credentials_along(server, stranger, make_client, auth):
    server.plan("/file", to(f"{stranger.url}/file"))
    stranger.plan("/file", Reply(json=[1]))

    answer = make_client(auth=auth).get(
        "/file", headers={"X-Token": "t0ken", "Cookie": "sid=1", "Accept-Language": "de"}
    )

    assert answer.json() == [1]
    headers = stranger.seen[0].headers
    assert headers["host"] == stranger.url.removeprefix("http://")
    assert headers["accept-language"] == "de"
    assert set(headers) <= {"host", "accept", "accept-encoding", "accept-language", "user-agent"}


def test_a_stranger_cannot_send_us_back_with_credentials(server, stranger, make_client):
    server.plan("/start", to(f"{stranger.url}/back"))
    stranger.plan("/back", to(f"{server.url}/account"))
    server.plan("/account", Reply(json=[1]))

    make_client(auth=Bearer("s3cret")).get("/start")

    assert [("authorization" in seen.headers) for seen in server.seen] == [True, False]


def test_a_url_of_another_host_gets_no_credentials(server, stranger, make_client):
    stranger.plan("/brews", Reply(json=[1]))

    make_client(auth=Bearer("s3cret")).get(f"{stranger.url}/brews")

    assert "authorization" not in stranger.seen[0].headers


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_write_is_not_sent_elsewhere(server, make_client, status):
    server.plan("/brews", to("/new-brews?key=s3cret", status))

    with pytest.raises(RequestRefused, match=rf"answered {status} and points to {server.url}/new-brews") as caught:
        make_client().post("/brews", json={})

    assert "s3cret" not in str(caught.value)
    assert len(server.seen) == 1


def test_the_result_of_a_write_is_read_where_it_is_found(server, make_client):
    server.plan("/brews", to("/brews/7", 303))
    server.plan("/brews/7", Reply(json={"id": 7}))

    assert make_client().post("/brews", json={"name": "x"}).json() == {"id": 7}
    assert (server.seen[1].method, server.seen[1].body) == ("GET", b"")
    assert "content-type" not in server.seen[1].headers


def test_a_circle_ends(server, make_client):
    server.plan("/brews", to("/brews"))

    with pytest.raises(RequestRefused, match="redirected us more than 5 times"):
        make_client().get("/brews")

    assert len(server.seen) == 6


def test_a_redirect_to_what_is_not_the_web_is_refused(server, make_client):
    server.plan("/brews", to("file:///etc/passwd"))

    with pytest.raises(RequestRefused, match="points to file"):
        make_client().get("/brews")


def test_a_redirect_to_no_address_is_unexpected(server, make_client, clock):
    server.plan("/brews", to("http://coffee.example:port/"))

    with pytest.raises(UnexpectedAnswer, match="no address"):
        make_client().get("/brews")


@pytest.mark.parametrize(
    ("url", "home", "expected"),
    [
        ("https://a.example/x", "https://a.example/api", True),
        ("https://a.example:443/x", "https://a.example", True),
        ("https://A.example/x", "https://a.example", True),
        ("https://a.example/x", "http://a.example", True),
        ("http://a.example/x", "https://a.example", False),
        ("https://a.example:8443/x", "http://a.example", False),
        ("https://a.example:8443/x", "https://a.example", False),
        ("https://b.example/x", "https://a.example", False),
        ("https://a.example.evil/x", "https://a.example", False),
    ],
)
def test_home_is_the_same_host_port_and_scheme_or_a_safer_scheme(url, home, expected):
    assert is_home(httpx2.URL(url), httpx2.URL(home)) is expected
