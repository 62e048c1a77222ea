"""How a client builds its requests, logs its calls and works without Django."""

import logging
import subprocess
import sys
import textwrap

import httpx2
import pytest

from dovetail.clients import Client, Transport
from dovetail.clients.chain import make_call
from dovetail.clients.effects import Send
from dovetail.core.errors import TimedOut
from dovetail.testing.servers.faults import Reply
from dovetail.testing.transport import FakeTransport
from tests.clients.conftest import CoffeeClient


@pytest.fixture
def fake():
    fake = FakeTransport()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for path in ("/brews", "/api/brews", "/api"):
            fake.add(method, path, json={})
    return fake


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("https://c.example", "/brews", "https://c.example/brews"),
        ("https://c.example/", "brews", "https://c.example/brews"),
        ("https://c.example/api", "/brews", "https://c.example/api/brews"),
        ("https://c.example/api/", "brews", "https://c.example/api/brews"),
        ("https://c.example/api", "", "https://c.example/api"),
        ("https://c.example/api", "https://c.example/brews", "https://c.example/brews"),
        ("https://c.example/api", "//evil.example/../brews", "https://c.example/api/evil.example/../brews"),
    ],
)
def test_a_path_is_below_the_base_url(base, target, expected):
    fake = FakeTransport()
    fake.add("GET", httpx2.URL(expected).path, json={})

    CoffeeClient(base_url=base, transport=fake).get(target)

    assert fake.calls[0].url == str(httpx2.URL(expected))


def test_parameters_that_are_none_are_left_out(fake):
    CoffeeClient(base_url="https://c.example", transport=fake).get(
        "/brews?a=1", params={"b": 2, "c": None, "d": [3, 4]}
    )

    assert fake.calls[0].params == {"a": "1", "b": "2", "d": ["3", "4"]}


@pytest.mark.parametrize(
    ("options", "body", "kind"),
    [
        ({"json": {"name": "é"}}, '{"name":"é"}'.encode(), "application/json"),
        ({"data": {"name": "a b"}}, b"name=a+b", "application/x-www-form-urlencoded"),
        ({"data": b"\x00"}, b"\x00", None),
        ({"data": "é"}, "é".encode(), None),
        ({}, b"", None),
    ],
)
@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_a_body_is_json_a_form_or_what_it_is(fake, method, options, body, kind):
    getattr(CoffeeClient(base_url="https://c.example", transport=fake), method)("/brews", **options)

    assert fake.calls[0].method == method.upper()
    assert fake.calls[0].body == body
    assert fake.calls[0].headers.get("content-type") == kind


def test_headers_are_ours_those_of_the_class_and_those_of_the_call(fake):
    class TrackerClient(Client):
        headers = {"X-Requested-With": "rest", "Accept": "text/plain"}

    client = TrackerClient(base_url="https://c.example", transport=fake)
    client.get("/brews", headers={"Accept": "application/xml"})
    client.get("https://other.example/brews")

    assert fake.calls[0].headers["x-requested-with"] == "rest"
    assert fake.calls[0].headers["accept"] == "application/xml"
    assert fake.calls[0].headers["user-agent"].startswith("dovetail/")
    assert "x-requested-with" not in fake.calls[1].headers


def test_a_client_without_a_name_is_called_as_its_class(fake):
    class GitHubClient(Client):
        base_url = "https://api.github.com"

    assert GitHubClient().service == "github"
    assert repr(GitHubClient()) == "<GitHubClient https://api.github.com>"


def test_any_transport_of_the_library_can_send(server):
    server.plan("/brews", Reply(json=[1]))
    gzipped = httpx2.MockTransport(lambda _: httpx2.Response(200, json=[2]))

    with CoffeeClient(base_url=server.url, transport=httpx2.HTTPTransport()) as client:
        assert client.get_json("/brews") == [1]
    assert CoffeeClient(base_url=server.url, transport=gzipped).get_json("/brews") == [2]


def test_our_transport_serves_the_library_s_own_client(server):
    server.plan("/brews", Reply(json=[1]))

    with httpx2.Client(transport=Transport(), base_url=server.url) as client:
        assert client.get("/brews").json() == [1]


def test_proxies_of_the_environment_are_not_used(server, make_client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.plan("/brews", Reply(json=[1]))

    assert make_client().get_json("/brews") == [1]


def test_a_call_writes_one_line(server, make_client, caplog, clock):
    caplog.set_level(logging.INFO)
    server.plan("/brews", Reply(200, json=[]))

    make_client(scope="").get("/brews", params={"token": "s3cret"})

    (record,) = caplog.records
    assert record.name == "dovetail.clients"
    assert record.levelname == "INFO"
    assert record.getMessage() == "coffee GET /brews → 200 attempt=1 0 ms"
    facts = (record.service, record.operation, record.status, record.attempt, record.duration_ms, record.scope)
    assert facts == ("coffee", "GET /brews", 200, 1, 0, "")


def test_a_failed_call_writes_its_line_after_one_for_each_further_attempt(caplog, clock):
    caplog.set_level(logging.INFO)
    fake = FakeTransport()
    fake.add("GET", "/brews", error=TimedOut("too slow."), times=1)
    fake.add("GET", "/brews", status=404)

    with pytest.raises(LookupError):
        CoffeeClient(base_url="https://c.example", transport=fake).get("/brews")

    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert caplog.messages[0].startswith("too slow. Attempt 1 failed; the next follows in ")
    assert caplog.messages[1].startswith("coffee GET /brews → 404 attempt=2 ")


def test_a_line_of_the_log_cannot_be_forged_by_a_path(fake, caplog):
    caplog.set_level(logging.INFO)
    fake.add("GET", "/a\nb", json={})

    CoffeeClient(base_url="https://c.example", transport=fake).get("/a%0Ab")

    assert caplog.messages[0].startswith("coffee GET /a%0Ab → 200")


def test_the_steps_of_a_call_do_nothing_by_themselves():
    steps = CoffeeClient(base_url="https://c.example").steps("get", "/brews", timeout=3)

    effect = next(steps)
    steps.close()

    assert isinstance(effect, Send)
    assert (effect.request.method, str(effect.request.url), effect.timeout) == ("GET", "https://c.example/brews", 3)
    assert steps.gi_code is make_call.__code__


def test_a_client_works_in_a_script_without_django_set_up(server):
    server.plan("/brews", Reply(429, headers={"Retry-After": "0.2"}), Reply(json=[1]))
    script = f"""
        from dovetail.clients import Bearer, Client
        print(Client(base_url={server.url!r}, auth=Bearer("x"), scope="settings:coffee").get_json("/brews"))
    """

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, env={}, timeout=30
    )

    assert (done.stdout, done.returncode) == ("[1]\n", 0), done.stderr
    assert len(server.seen) == 2
