"""Planted secrets must appear nowhere."""

import logging
import traceback

import pytest

from dovetail.clients import ApiKey, Basic, Bearer
from dovetail.core.errors import AuthenticationFailed, DovetailError, ProgrammingMistake, RequestRefused
from dovetail.testing.servers.faults import Reply, Reset, Truncate
from tests.clients.conftest import ONCE, CoffeeClient

SECRET = "pl4nted-Secret"
SCHEMES = [Basic("barista", SECRET), Bearer(SECRET), ApiKey(SECRET, header="X-Key"), ApiKey(SECRET, query="key")]


@pytest.mark.parametrize("auth", SCHEMES, ids=repr)
@pytest.mark.parametrize(
    "behaviour",
    [
        Reply(json={}, headers={"Set-Cookie": f"session={SECRET}"}),
        Reply(401, json={"message": f"The key {SECRET} is not known"}),
        Reply(400, text=f"GET /brews?key={SECRET}"),
        Reply(302, headers={"Location": f"ftp://user:{SECRET}@coffee.example/?key={SECRET}"}),
        Reset(),
        Truncate(),
    ],
    ids=repr,
)
def test_a_call_shows_no_secret(server, make_client, caplog, auth, behaviour):
    caplog.set_level(logging.DEBUG)
    server.plan("/brews", behaviour)
    client = make_client(auth=auth, retry=ONCE)
    shown = [repr(client), repr(auth)]

    try:
        answer = client.get("/brews", params={"token": SECRET})
    except DovetailError as error:
        shown += ["".join(traceback.format_exception(error)), repr(error), str(vars(error)), repr(error.__context__)]
    else:
        shown += [repr(answer), repr(answer.request.headers)]

    shown += [str(vars(record)) for record in caplog.records]
    assert len(caplog.records) == 1
    assert not [text for text in shown if SECRET in text or SECRET in repr(text)]


def test_the_request_of_an_answer_is_without_credentials(server, make_client):
    server.plan("/brews", Reply(json={}))

    answers = [make_client(auth=auth).get("/brews") for auth in SCHEMES]

    assert all(SECRET not in f"{answer.request.url} {dict(answer.request.headers)}" for answer in answers)
    assert server.seen[0].headers["authorization"] == "Basic YmFyaXN0YTpwbDRudGVkLVNlY3JldA=="
    assert server.seen[1].headers["authorization"] == f"Bearer {SECRET}"
    assert server.seen[2].headers["x-key"] == SECRET
    assert server.seen[3].target == f"/brews?key={SECRET}"


def test_a_user_part_of_the_address_becomes_credentials_and_is_not_shown(server):
    server.plan("/brews", Reply(json={}))
    address = server.url.replace("http://", f"http://barista:{SECRET}@")

    client = CoffeeClient(base_url=address)
    client.get("/brews")

    assert SECRET not in f"{client!r} {client.base_url}"
    assert server.seen[0].headers["authorization"].startswith("Basic ")


def test_a_header_that_cannot_be_sent_is_refused_without_being_shown(server, make_client, caplog):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(RequestRefused) as caught:
        make_client().get("/brews", headers={"X-Key": f"{SECRET}\nX-Evil: 1"})

    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert SECRET not in shown
    assert server.seen == []


def test_blanks_around_a_copied_token_are_taken_off(server, make_client):
    server.plan("/brews", Reply(json={}))

    make_client(auth=Bearer(f" {SECRET}\n")).get("/brews")

    assert server.seen[0].headers["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize("token", [f"{SECRET}\nX-Evil: 1", f"{SECRET}…"])
@pytest.mark.parametrize("scheme", [Bearer, lambda token: ApiKey(token, header="X-Key")])
def test_a_token_that_cannot_be_sent_must_be_entered_again(scheme, token):
    with pytest.raises(AuthenticationFailed, match="enter it again") as caught:
        scheme(token)

    assert SECRET not in str(caught.value)


def test_a_key_goes_into_a_header_or_into_the_query():
    for places in ({}, {"header": "X-Key", "query": "key"}):
        with pytest.raises(ProgrammingMistake):
            ApiKey(SECRET, **places)
