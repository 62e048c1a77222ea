"""Walks through pages: styles, resuming, circles, reading ahead."""

import threading

import pytest

from dovetail.clients import ApiKey, LinkHeader, NextUrl, PageNumber
from dovetail.core.errors import ProgrammingMistake, ServiceUnavailable, UnexpectedAnswer
from dovetail.testing.servers.faults import Reply
from dovetail.testing.transport import FakeTransport
from tests.clients.conftest import ONCE, CoffeeClient

HOST = "https://coffee.example"


def three_pages(prefix="/api"):
    fake = FakeTransport()
    fake.add("GET", f"{prefix}/brews?page=3", json={"data": [{"id": 5}], "next": None, "total": 5})
    fake.add("GET", f"{prefix}/brews?page=2", json={"data": [{"id": 3}, {"id": 4}], "next": "?page=3", "total": 5})
    first = {"data": [{"id": 1}, {"id": 2}], "next": f"{HOST}{prefix}/brews?page=2", "total": 5}
    fake.add("GET", f"{prefix}/brews", json=first)
    return fake


def client_of(fake, **options):
    return CoffeeClient(**{"base_url": f"{HOST}/api", "transport": fake, "retry": ONCE, **options})


@pytest.mark.parametrize("prefetch", [0, 1])
def test_iterating_gives_all_items(prefetch):
    fake = three_pages()
    pages = client_of(fake).pages("/brews", params={"since": None, "q": "x"}, paginator=NextUrl(), prefetch=prefetch)

    assert [item["id"] for item in pages] == [1, 2, 3, 4, 5]
    assert [call.params for call in fake.calls] == [{"q": "x"}, {"page": "2"}, {"page": "3"}]
    assert [item["id"] for item in pages] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("prefetch", [0, 1])
def test_a_walk_goes_on_where_another_stopped(prefetch):
    client = client_of(three_pages())
    pages = client.pages("/brews", paginator=NextUrl(), prefetch=prefetch).by_page()
    stopped_at = next(pages)
    pages.close()

    rest = list(client.pages("/brews", paginator=NextUrl(), resume=stopped_at.resume, prefetch=prefetch).by_page())

    assert stopped_at.resume == "/brews?page=2"
    assert [(page.number, page.total, len(page.items)) for page in rest] == [(1, 5, 2), (2, 5, 1)]
    assert rest[-1].resume is None


def test_nothing_is_asked_for_before_the_first_item_is():
    fake = three_pages()

    client_of(fake).pages("/brews", paginator=NextUrl(), prefetch=1).by_page()

    assert fake.calls == []


def test_the_body_of_a_roundup_tracker_is_understood():
    def body(ids, *following):
        links = {"next": [{"rel": "next", "uri": uri} for uri in following]} if following else {"self": []}
        return {"data": {"collection": [{"id": id_} for id_ in ids], "@links": links, "@total_size": 3}}

    fake = FakeTransport()
    fake.add("GET", "/rest/data/issue?@page_index=2", json=body(["3"]))
    fake.add("GET", "/rest/data/issue", json=body(["1", "2"], f"{HOST}/rest/data/issue?@page_index=2&@page_size=2"))
    style = NextUrl(items="data.collection", next="data.@links.next.0.uri", total="data.@total_size")

    pages = list(client_of(fake, base_url=f"{HOST}/rest").pages("/data/issue", paginator=style).by_page())

    assert [[item["id"] for item in page.items] for page in pages] == [["1", "2"], ["3"]]
    assert [page.total for page in pages] == [3, 3]
    assert pages[0].resume == "/data/issue?@page_index=2&@page_size=2"


def test_numbered_pages_end_with_an_empty_one():
    fake = FakeTransport()
    for number, items in ((1, [{"id": 1}]), (2, [{"id": 2}]), (3, [])):
        fake.add("GET", f"/api/brews?page={number}", json=items)

    pages = client_of(fake).pages("/brews", paginator=PageNumber())

    assert [item["id"] for item in pages] == [1, 2]


def test_numbered_pages_end_where_the_total_says():
    fake = FakeTransport()
    fake.add("GET", "/api/brews?page=1&per_page=2", json={"items": [{"id": 1}, {"id": 2}], "count": 4})
    fake.add("GET", "/api/brews?page=2&per_page=2", json={"items": [{"id": 3}, {"id": 4}], "count": 4})
    style = PageNumber(items="items", total="count", size="per_page", page_size=2)

    pages = list(client_of(fake).pages("/brews", paginator=style).by_page())

    assert [page.resume for page in pages] == ["2", None]
    resumed = client_of(fake).pages("/brews", paginator=style, resume="2")
    assert [item["id"] for item in resumed] == [3, 4]


def test_a_link_header_leads_to_the_next_page():
    fake = FakeTransport()
    fake.add("GET", "/api/brews?page=2", json=[{"id": 2}], headers={"Link": f'<{HOST}/api/brews>; rel="first"'})
    fake.add(
        "GET", "/api/brews", json=[{"id": 1}], headers={"Link": '</api/brews?page=2>; rel="next", </x>; rel="last"'}
    )

    pages = client_of(fake).pages("/brews", paginator=LinkHeader())

    assert [item["id"] for item in pages] == [1, 2]


@pytest.mark.parametrize("prefetch", [0, 1])
def test_a_service_that_walks_in_a_circle_is_noticed(prefetch):
    fake = FakeTransport()
    fake.add("GET", "/api/brews?page=2", json={"data": [{"id": 2}], "next": "/api/brews?page=1"})
    fake.add("GET", "/api/brews?page=1", json={"data": [{"id": 1}], "next": "/api/brews?page=2"})

    with pytest.raises(UnexpectedAnswer, match="repeats a page"):
        list(client_of(fake).pages("/brews?page=1", paginator=NextUrl(), prefetch=prefetch))

    assert len(fake.calls) <= 5


def test_a_service_that_knows_no_page_numbers_is_noticed():
    fake = FakeTransport()
    fake.add("GET", "/api/brews", json=[{"id": 1}])

    with pytest.raises(UnexpectedAnswer, match="repeats a page"):
        list(client_of(fake).pages("/brews", paginator=PageNumber()))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"items": []}, "has no list 'data'"),
        ({"data": {}}, "has no list 'data'"),
        ([], "has no list 'data'"),
        ({"data": [], "next": 2}, "is no address"),
        ({"data": [], "next": "http://coffee.example:port"}, "no address"),
    ],
)
def test_a_page_of_another_shape_is_unexpected(body, reason):
    fake = FakeTransport()
    fake.add("GET", "/api/brews", json=body)

    with pytest.raises(UnexpectedAnswer, match=reason):
        list(client_of(fake).pages("/brews", paginator=NextUrl()))


def test_a_resume_token_holds_no_credentials():
    fake = FakeTransport()
    fake.add("GET", "/api/brews?page=2", json={"data": []})
    fake.add("GET", "/api/brews", json={"data": [], "next": f"{HOST}/api/brews?page=2&key=s3cret"})

    pages = client_of(fake, auth=ApiKey("s3cret", query="key")).pages("/brews", paginator=NextUrl())

    assert [page.resume for page in pages.by_page()] == ["/brews?page=2", None]
    assert [call.params["key"] for call in fake.calls] == ["s3cret", "s3cret"]


def test_a_client_without_a_style_of_paging_says_so():
    with pytest.raises(ProgrammingMistake, match="CoffeeClient has no paginator"):
        client_of(FakeTransport()).pages("/brews")


class TestReadingAhead:
    def test_the_next_page_is_read_while_the_caller_works(self, server, make_client):
        arrived = threading.Event()

        class Announce(Reply):
            def perform(self, handler):
                arrived.set()
                super().perform(handler)

        server.plan("/1", Reply(json={"data": [1], "next": "/2"}))
        server.plan("/2", Announce(json={"data": [2]}))
        pages = make_client().pages("/1", paginator=NextUrl(), prefetch=1).by_page()

        assert next(pages).items == [1]
        assert arrived.wait(timeout=2)
        assert [page.items for page in pages] == [[2]]

    def test_an_error_is_raised_after_the_page_before_it(self, server, make_client, clock):
        server.plan("/1", Reply(json={"data": [1], "next": "/2"}))
        server.plan("/2", Reply(503))
        pages = make_client().pages("/1", paginator=NextUrl(), prefetch=1).by_page()

        assert next(pages).items == [1]
        with pytest.raises(ServiceUnavailable):
            next(pages)

    def test_a_failed_read_ahead_is_repeated(self, server, make_client, clock):
        server.plan("/1", Reply(json={"data": [1], "next": "/2"}))
        server.plan("/2", Reply(503), Reply(json={"data": [2]}))

        assert list(make_client().pages("/1", paginator=NextUrl(), prefetch=1)) == [1, 2]

    @pytest.mark.django_db
    def test_only_the_caller_s_thread_touches_the_database(self, server, make_client, clock):
        server.plan("/1", Reply(json={"data": [1], "next": "/2"}))
        server.plan("/2", Reply(503, headers={"Retry-After": "2"}), Reply(json={"data": [2]}))

        assert list(make_client(scope="connection:9").pages("/1", paginator=NextUrl(), prefetch=1)) == [1, 2]
