"""The tracker's client and mappers, on answers recorded from Roundup 2.6."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dovetail.clients.auth import Basic
from dovetail.core.errors import RecordProblem, UnexpectedAnswer
from dovetail.services.roundup.client import RoundupClient
from dovetail.services.roundup.convert import RoundupTime
from dovetail.services.roundup.mappers import IssueMapper, PersonMapper
from dovetail.services.roundup.models import (
    IssueBinding,
    KeywordBinding,
    PersonBinding,
    PriorityBinding,
    StatusBinding,
)
from dovetail.testing.transport import FakeTransport

ISSUE: dict[str, Any] = {
    "id": "3",
    "link": "https://bugs.example/tracker/rest/data/issue/3",
    "activity": "2026-11-20.12:38:22",
    "assignedto": "6",
    "creation": "2026-11-19.08:00:00",
    "creator": "1",
    "keyword": ["3", "4"],
    "priority": "1",
    "status": "3",
    "title": "The export is slow with many users",
}


@pytest.fixture
def fake() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def client(fake: FakeTransport) -> RoundupClient:
    return RoundupClient(base_url="https://bugs.example/tracker", auth=Basic("ada", "secret"), transport=fake)


def test_an_issue_is_translated() -> None:
    mapped = IssueMapper(IssueBinding).to_internal(ISSUE)
    assert mapped.values == {
        "title": "The export is slow with many users",
        "created_at": datetime(2026, 11, 19, 8, tzinfo=UTC),
        "changed_at": datetime(2026, 11, 20, 12, 38, 22, tzinfo=UTC),
    }
    assert mapped.references == {
        "status": (StatusBinding, "3"),
        "priority": (PriorityBinding, "1"),
        "assigned_to": (PersonBinding, "6"),
        "created_by": (PersonBinding, "1"),
    }
    assert mapped.reference_lists == {"keywords": (KeywordBinding, ("3", "4"))}
    assert mapped.extras == {"remote_version": "2026-11-20.12:38:22"}


def test_an_issue_that_nobody_works_on_refers_to_nobody() -> None:
    mapped = IssueMapper(IssueBinding).to_internal(ISSUE | {"assignedto": None, "keyword": []})
    assert mapped.references["assigned_to"] == (PersonBinding, None)
    assert mapped.reference_lists["keywords"] == (KeywordBinding, ())


def test_a_moment_that_is_none_is_told_by_field() -> None:
    with pytest.raises(RecordProblem) as problem:
        IssueMapper(IssueBinding).to_internal(ISSUE | {"activity": "yesterday"})
    assert list(problem.value.reasons) == ["changed_at"]


def test_a_moment_survives_the_way_there_and_back() -> None:
    assert RoundupTime().to_external(RoundupTime().to_internal("2026-11-20.12:38:22")) == "2026-11-20.12:38:22"


def test_what_the_tracker_hides_of_a_person_is_empty() -> None:
    mapped = PersonMapper(PersonBinding).to_internal({"id": "5", "username": "curie1", "realname": None})
    assert mapped.values == {"username": "curie1", "name": "", "email": ""}


def test_the_next_page_is_read_at_the_address_that_was_entered(client: RoundupClient, fake: FakeTransport) -> None:
    elsewhere = "http://internal.example:8080/tracker/rest/data/status?@page_index=2&@page_size=1&@fields=name,order"
    links = {"next": [{"rel": "next", "uri": elsewhere}]}
    fake.add("GET", "/tracker/rest/data/status?@page_index=2", json=_page([{"id": "2"}], {}))
    fake.add("GET", "/tracker/rest/data/status", json=_page([{"id": "1"}], links))
    first, second = client.items("status", ("name", "order"), page_size=1).by_page()
    assert [page.items for page in (first, second)] == [[{"id": "1"}], [{"id": "2"}]]
    assert (first.total, second.resume) == (2, None)
    assert {call.url for call in fake.calls} == {"https://bugs.example/tracker/rest/data/status"}


def test_several_items_are_read_in_one_call(client: RoundupClient, fake: FakeTransport) -> None:
    fake.add("GET", "/tracker/rest/data/keyword", json=_page([{"id": "3"}, {"id": "4"}], {}))
    assert client.items_where("keyword", ("name",), id=["3", "4"]) == [{"id": "3"}, {"id": "4"}]
    assert fake.calls[0].params["id"] == ["3", "4"]


def test_another_service_at_the_address_is_noticed(client: RoundupClient, fake: FakeTransport) -> None:
    fake.add("GET", "/tracker/rest/data/user", json={"hello": "world"})
    fake.add("GET", "/tracker/rest/data/user/1", json={"hello": "world"})
    with pytest.raises(UnexpectedAnswer):
        client.user_named("ada")
    with pytest.raises(UnexpectedAnswer):
        client.item("user", ("username",), "1")


def _page(items: list[dict[str, Any]], links: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"collection": items, "@links": links, "@total_size": 2}}
