"""What the network and the service do to a call, on real sockets."""

import gzip
import socket
import time

import httpcore2
import httpx2
import pytest

from dovetail.clients import Transport, deadline
from dovetail.clients.answers import LARGEST_BYTES
from dovetail.clients.network import Network
from dovetail.core.errors import RequestRefused, TimedOut, UnexpectedAnswer, Unreachable
from dovetail.testing.servers.faults import Drip, Raw, Reply, Reset, Truncate
from tests.clients.conftest import ONCE, CoffeeClient


def test_an_answer_arrives(server, make_client):
    server.plan("/brews", Reply(json={"data": [1]}))

    with make_client() as client:
        answer = client.get("/brews")

    assert answer.status_code == 200
    assert answer.json() == {"data": [1]}


def test_a_service_that_is_not_there_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]

    with pytest.raises(
        Unreachable, match=r"^coffee, GET /brews: no connection could be made \(Connection refused\)\.$"
    ):
        CoffeeClient(base_url=f"http://127.0.0.1:{port}", retry=ONCE).get("/brews")


def test_a_name_without_an_address_is_unreachable():
    with pytest.raises(Unreachable, match="no connection could be made"):
        CoffeeClient(base_url="http://no-such-host.invalid", retry=ONCE).get("/brews")


def test_a_silent_service_times_out(server, make_client):
    server.plan("/brews", Reply(json=[], after_seconds=1.0))
    began_at = time.monotonic()

    with pytest.raises(TimedOut, match="the answer did not come in time"):
        make_client(timeout=0.2, retry=ONCE).get("/brews")

    assert time.monotonic() - began_at < 0.6


def test_a_drip_times_out_although_each_byte_comes_in_time(server, make_client):
    server.plan("/brews", Drip(every_seconds=0.05))
    began_at = time.monotonic()

    with pytest.raises(TimedOut):
        make_client(timeout=0.4, retry=ONCE).get("/brews")

    assert 0.4 <= time.monotonic() - began_at < 0.8


def test_an_answer_that_would_fill_the_memory_is_given_up(server, make_client):
    packed = gzip.compress(bytes(LARGEST_BYTES + 1))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    server.plan("/brews", Raw(head.encode() + packed))

    with pytest.raises(UnexpectedAnswer, match="the answer is larger than 64 MB"):
        make_client(retry=ONCE).get("/brews")


def test_a_look_up_of_a_name_that_takes_too_long_times_out():
    def slow_look_up(host: str, port: int, seconds: float) -> list[str]:
        raise httpcore2.ConnectTimeout

    pool = httpcore2.ConnectionPool(network_backend=Network(slow_look_up))

    with pytest.raises(TimedOut, match="no connection was made in time"):
        CoffeeClient(base_url="http://coffee.example", transport=Transport(pool), retry=ONCE).get("/brews")


def test_a_dead_address_leaves_time_for_the_next(server):
    port = httpx2.URL(server.url).port
    server.plan("/brews", Reply(json=[]))
    # Documentation addresses lead nowhere: the connection is refused or never made.
    pool = httpcore2.ConnectionPool(network_backend=Network(lambda *_: ["192.0.2.1", "127.0.0.1"]))

    with pool:
        client = CoffeeClient(
            base_url=f"http://coffee.example:{port}", transport=Transport(pool), timeout=1, retry=ONCE
        )
        assert client.get_json("/brews") == []


@pytest.mark.parametrize("after_bytes", [0, 100])
def test_a_reset_connection_is_a_lost_one(server, make_client, after_bytes):
    server.plan("/brews", Reset(after_bytes))

    with pytest.raises(Unreachable, match="the connection was lost"):
        make_client(retry=ONCE).get("/brews")


@pytest.mark.parametrize(
    "behaviour",
    [
        Truncate(),
        Raw(b"not HTTP at all\r\n\r\n"),
        Raw(b""),
        Reply(text="not compressed", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_a_broken_answer_is_unexpected(server, make_client, behaviour):
    server.plan("/brews", behaviour)

    with pytest.raises(UnexpectedAnswer, match="the answer is broken or incomplete"):
        make_client(retry=ONCE).get("/brews")


@pytest.mark.parametrize("text", ["<html>Welcome</html>", "", '{"data": [', "[" * 100_000])
def test_an_answer_that_is_not_json_is_unexpected(server, make_client, text):
    server.plan("/brews", Reply(text=text))

    with pytest.raises(UnexpectedAnswer, match=r"coffee, GET /brews: the answer is not JSON \(text/plain, "):
        make_client().get_json("/brews")


def test_a_connection_that_the_server_closed_is_not_used_again(server, make_client):
    server.plan("/brews", Reply(json=1, headers={"Connection": "close"}), Reply(json=2))
    client = make_client(retry=ONCE)

    assert [client.get_json("/brews"), client.get_json("/brews")] == [1, 2]


def test_a_deadline_holds_for_all_calls_and_waits_together(server, make_client):
    server.plan("/brews", Reply(503))
    server.plan("/silent", Reply(json=[], after_seconds=2))
    client = make_client()
    began_at = time.monotonic()

    with deadline(0.5), deadline(60):
        with pytest.raises(TimedOut):
            client.get("/silent")
        with pytest.raises(TimedOut):
            client.get("/brews")

    assert time.monotonic() - began_at < 1
    assert [seen.target for seen in server.seen] == ["/silent"]


@pytest.mark.parametrize(
    "address", ["localhost:8000", "coffee.example", "ftp://coffee.example", "http://", "http://coffee.example:port"]
)
def test_an_address_that_is_none_is_refused_at_once(address):
    with pytest.raises(RequestRefused, match="The address of coffee is not valid"):
        CoffeeClient(base_url=address)


def test_a_call_without_any_address_is_refused():
    with pytest.raises(RequestRefused, match="cannot be sent"):
        CoffeeClient().get("/brews")
