"""The coffee machine behaves like a service, and misbehaves when it is told to."""

import subprocess
import sys
from collections.abc import Iterator

import httpx2
import pytest

from dovetail.core import clock
from dovetail.testing.servers.coffee import CoffeeServer
from dovetail.testing.servers.process import ServerDidNotStart, ServerProcess


@pytest.fixture
def http(machine: CoffeeServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=machine.url, auth=(machine.username, machine.password)) as client:
        yield client


def test_the_next_addresses_lead_through_all_brews(http: httpx2.Client) -> None:
    ids, address = [], "/brews?page_size=500"
    while address:
        body = http.get(address).json()
        assert body["total"] == 1200
        ids += [brew["id"] for brew in body["data"]]
        address = body["next"]
    assert ids == list(range(1, 1201))


def test_chosen_brews_are_listed_by_their_ids(http: httpx2.Client) -> None:
    body = http.get("/brews", params={"ids": "3,9,4711"}).json()
    assert [brew["id"] for brew in body["data"]] == [3, 9]


def test_a_wrong_password_is_refused(machine: CoffeeServer) -> None:
    answer = httpx2.get(f"{machine.url}/brews", auth=(machine.username, "wrong"))
    assert answer.status_code == 401
    assert machine.password not in answer.text


def test_an_unchanged_brew_is_not_sent_again(http: httpx2.Client) -> None:
    first = http.get("/brews/5")
    again = http.get("/brews/5", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_edited_brew_has_another_tag_and_time(machine: CoffeeServer, http: httpx2.Client) -> None:
    before = http.get("/brews/5")
    machine.edit_brew(5, title="Decaf")
    after = http.get("/brews/5")
    assert after.json()["title"] == "Decaf"
    assert after.json()["updated_at"] > before.json()["updated_at"]
    assert after.headers["ETag"] != before.headers["ETag"]


def test_more_calls_than_allowed_have_to_wait() -> None:
    with CoffeeServer(brews=1, calls_per_minute=2) as machine:
        answers = [httpx2.get(f"{machine.url}/brews", auth=(machine.username, machine.password)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61


def test_a_person_sees_a_page_without_a_password(machine: CoffeeServer) -> None:
    answer = httpx2.get(f"{machine.url}/brews/7", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<h1>Harrar Filter 7</h1>" in answer.text


def test_it_fails_after_a_page_as_often_as_it_is_told(machine: CoffeeServer, http: httpx2.Client) -> None:
    machine.switch(status=503, retry_after="7", after_page=1, times=2)
    answers = [http.get("/brews", params={"page": page}) for page in (1, 2, 2, 2)]
    assert [answer.status_code for answer in answers] == [200, 503, 503, 200]
    assert answers[1].headers["Retry-After"] == "7"


@pytest.mark.parametrize("switch", ["drop", "truncate"])
def test_it_hangs_up(machine: CoffeeServer, http: httpx2.Client, switch: str) -> None:
    machine.switch(**{switch: True})
    with pytest.raises(httpx2.RemoteProtocolError):
        http.get("/brews")


def test_it_answers_with_a_web_page(machine: CoffeeServer, http: httpx2.Client) -> None:
    machine.switch(not_json=True)
    assert http.get("/brews").headers["Content-Type"] == "text/html"


def test_it_forgets_the_password(machine: CoffeeServer, http: httpx2.Client) -> None:
    machine.switch(auth_fail=True)
    assert http.get("/brews").status_code == 401


def test_one_brew_has_a_word_for_a_price(machine: CoffeeServer, http: httpx2.Client) -> None:
    machine.switch(bad_record=2)
    assert [brew["price_cents"] for brew in http.get("/brews?page_size=2").json()["data"]] == [217, "free"]


def test_an_unknown_switch_is_refused(machine: CoffeeServer) -> None:
    answer = httpx2.put(f"{machine.url}/_switches", json={"explode": True})
    assert answer.status_code == 400
    assert "explode" in answer.json()["error"]


def test_it_remembers_the_calls(machine: CoffeeServer, http: httpx2.Client) -> None:
    http.get("/brews/5")
    call = {"method": "GET", "path": "/brews/5", "query": {}, "user": machine.username, "status": 200}
    assert machine.calls() == [call]
    machine.reset()
    assert machine.calls() == []


def test_it_comes_back_at_the_same_address(machine: CoffeeServer) -> None:
    address = machine.url
    machine.stop()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)
    machine.start()
    assert machine.url == address


def test_it_stops_when_whoever_started_it_is_gone() -> None:
    code = """
import os
from dovetail.testing.servers.coffee import CoffeeServer
machine = CoffeeServer(brews=1)
machine.start()
print(machine.url, flush=True)
os._exit(0)
"""
    address = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert _stops_answering(address)


def test_a_server_that_cannot_start_says_why() -> None:
    command = [sys.executable, "-c", "raise SystemExit('the port is taken')"]
    with pytest.raises(ServerDidNotStart, match="the port is taken"):
        ServerProcess("broken", command, ready="listens").start()


def _stops_answering(address: str) -> bool:
    for _ in range(100):
        try:
            httpx2.get(address, headers={"Accept": "text/html"})
        except httpx2.TransportError:
            return True
        clock.sleep(0.05)
    return False
