"""The pages: what they show, what their buttons do, and who may."""

from datetime import timedelta

import httpx2
import pytest
from django.contrib.auth.models import User
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dovetail.connector.pace import pace_text, time_left_text
from dovetail.connector.problem import Problem
from dovetail.connector.run import Run, RunState
from dovetail.connector.start import start_run
from dovetail.integrations.models import Connection
from dovetail.testing.clock import FrozenClock
from dovetail.testing.jobs import run_jobs
from tests.connector.shop import Items, ShopServer, item

pytestmark = pytest.mark.django_db


def url(name: str, connection: Connection, stream: str | None = "items") -> str:
    return reverse(f"dovetail_connector:{name}", args=[connection.uuid, stream] if stream else [connection.uuid])


def text_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_button_starts_a_run_and_its_page_shows_the_end(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """Pressing it calls nothing; the worker does, and the page tells."""
    shop.put_items(25)
    assert url("sync", connection) in text_of(browser, connection.get_absolute_url())

    answer = browser.post(url("sync", connection))

    run = Run.objects.get()
    assert (answer.status_code, answer["location"], shop.asked) == (302, run.get_absolute_url(), [])
    assert run.requested_by == "ada"
    assert 'hx-trigger="every 1000ms"' in text_of(browser, run.get_absolute_url())
    run_jobs()
    page = text_of(browser, run.get_absolute_url())
    assert "25 created, 0 updated, 0 unchanged" in page
    assert "<title>Sync of Items · Corner shop" in page
    assert "hx-get" not in page
    assert "http-equiv" not in page


def test_the_light_part_is_light(browser: Client, shop: ShopServer, connection: Connection) -> None:
    """It is fetched each second by everyone who looks: session, user, permissions, run."""
    run = Items.sync(connection)
    live = reverse("dovetail_connector:run-live", args=[run.uuid])

    with CaptureQueriesContext(database) as statements:
        page = text_of(browser, live)

    assert page.startswith('<section id="run" hx-get')
    assert "<html" not in page
    assert len(statements) <= 6


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (httpx2.Response(503, content="down", headers={"content-type": "text/plain"}), "503"),
        (httpx2.ConnectError("refused"), "no connection could be made"),
        (httpx2.Response(429, headers={"retry-after": "120"}), "429"),
        (httpx2.Response(200, content="<h1>", headers={"content-type": "text/html"}), "not JSON"),
    ],
)
def test_the_page_says_why_a_run_waits(
    browser: Client, shop: ShopServer, connection: Connection, frozen: FrozenClock, trouble: object, words: str
) -> None:
    """And when it tries again, with a button to do so now."""
    shop.trouble("/items", *[trouble] * 3)  # type: ignore[list-item] # a response or an error
    run = Items.sync(connection)
    run_jobs()

    page = text_of(browser, run.get_absolute_url())

    assert words in page
    assert "Tries again" in page
    assert "Try now" in page
    assert words in text_of(browser, url("streams", connection, None))
    assert browser.post(reverse("dovetail_connector:run-resume", args=[run.uuid])).status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_a_paused_run_is_resumed_and_a_run_is_cancelled_by_buttons(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """The reason is on the page, with the way to reconnect."""
    shop.trouble("/items", httpx2.Response(401))
    run = Items.sync(connection)
    run_jobs()
    page = text_of(browser, run.get_absolute_url())
    assert "401" in page
    assert "Reconnect" in page
    assert "Before the first page; begins there when resumed." in page

    browser.post(reverse("dovetail_connector:run-resume", args=[run.uuid]))
    browser.post(reverse("dovetail_connector:run-cancel", args=[run.uuid]))

    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    answer = browser.post(reverse("dovetail_connector:run-cancel", args=[run.uuid]), follow=True)
    assert "The run was over already." in answer.content.decode()


def test_the_records_are_listed_in_pages_with_their_links(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """Each with the page on the service."""
    shop.put_items(60)
    Items.sync(connection, wait=True)
    shop.asked.clear()

    with CaptureQueriesContext(database) as statements:
        page = text_of(browser, url("records", connection))

    assert "60 records from Shop" in page
    assert page.count("https://shop.example/items/") == 50
    assert 'href="https://shop.example/items/1.html"' in page
    assert "Item 60" in text_of(browser, url("records", connection) + "?page=2")
    assert shop.asked == []
    assert len(statements) <= 9


def test_a_problem_shows_payload_and_reason_and_is_retried(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """From the run to the list to the record; Retry starts a run of that record and shows it."""
    shop.put("items", item(1), item(2, quantity=-1, title="<b>Bad</b>"))
    run = Items.sync(connection, wait=True)
    problem = Problem.objects.get()
    assert url("problems", connection) in text_of(browser, run.get_absolute_url())
    assert problem.get_absolute_url() in text_of(browser, url("problems", connection))

    page = text_of(browser, problem.get_absolute_url())
    assert "quantity" in page
    assert "&lt;b&gt;Bad&lt;/b&gt;" in page
    assert "https://shop.example/items/2.html" in page

    shop.put("items", item(2))
    answer = browser.post(reverse("dovetail_connector:problem-retry", args=[problem.pk]))
    run_jobs()
    assert "1 created, 0 updated, 0 unchanged" in text_of(browser, answer["location"])
    assert "Solved" in text_of(browser, problem.get_absolute_url())
    assert "No record stands aside" in text_of(browser, url("problems", connection))


def test_all_problems_are_retried_at_once(browser: Client, shop: ShopServer, connection: Connection) -> None:
    """One run for all; without any there is nothing to start."""
    shop.put("items", *(item(n, quantity=-1) for n in range(1, 6)))
    Items.sync(connection, wait=True)

    browser.post(url("problems-retry", connection))

    run = Run.objects.first()
    assert run is not None
    assert run.chosen_ids == ["1", "2", "3", "4", "5"]
    Problem.objects.all().delete()
    assert browser.post(url("problems-retry", connection))["location"] == connection.get_absolute_url()


def test_everything_is_synced_at_once_in_the_right_order(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """What others refer to comes first."""
    browser.post(url("sync-all", connection, None))

    assert [run.stream for run in Run.objects.order_by("pk")] == ["makers", "tags", "items", "folders"]
    page = text_of(browser, url("streams", connection, None))
    assert page.count("badge-neutral") == 4
    assert "hx-get" in page


def test_the_list_of_runs_names_stream_connection_and_result(
    browser: Client, shop: ShopServer, connection: Connection
) -> None:
    """Newest first; before the first run it says what to do."""
    runs = reverse("dovetail_connector:runs")
    assert "Nothing was synced yet" in text_of(browser, runs)
    shop.put_items(3)
    Items.sync(connection, wait=True)

    page = text_of(browser, runs)

    assert "3 created, 0 updated, 0 unchanged" in page
    assert "Corner shop" in page
    assert '<li><a href="/sync/" aria-current="page">' in page


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("runs", "view_run"),
        ("run", "view_run"),
        ("run-live", "view_run"),
        ("run-cancel", "change_run"),
        ("run-resume", "change_run"),
        ("streams", "view_connection"),
        ("sync", "add_run"),
        ("sync-all", "add_run"),
        ("records", "view_item"),
        ("problems", "view_problem"),
        ("problems-retry", "change_problem"),
        ("problem", "view_problem"),
        ("problem-retry", "change_problem"),
    ],
)
def test_pages_ask_for_their_permission(
    user: User, shop: ShopServer, connection: Connection, name: str, needed: str
) -> None:
    """Signed out one signs in; without the permission it is 403; with it the page works."""
    run = start_run(Items, connection)
    problem = Problem.objects.create(connection=connection, stream="items", external_id="1")
    arguments = {
        "runs": [],
        "run": [run.uuid],
        "run-live": [run.uuid],
        "run-cancel": [run.uuid],
        "run-resume": [run.uuid],
        "streams": [connection.uuid],
        "sync-all": [connection.uuid],
        "problem": [problem.pk],
        "problem-retry": [problem.pk],
    }
    path = reverse(f"dovetail_connector:{name}", args=arguments.get(name, [connection.uuid, "items"]))
    browser = Client()
    send = browser.get if needed.startswith("view") else browser.post

    assert send(path)["location"].startswith("/sign-in/")
    kept = list(user.user_permissions.exclude(codename=needed))
    every = list(user.user_permissions.all())
    user.user_permissions.set(kept)
    browser.force_login(user)
    assert send(path).status_code == 403
    user.user_permissions.set(every)
    assert send(path).status_code in {200, 302}


def test_what_does_not_exist_is_not_found(browser: Client, connection: Connection) -> None:
    """A stream that no installed app declares, a run of nobody."""
    assert browser.get(url("records", connection, "orders")).status_code == 404
    assert browser.get(reverse("dovetail_connector:run", args=[connection.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("pace", "fetched", "words"),
    [
        (1874.2, 100, ("1,900 records a second", "a few seconds left")),
        (21.0, 9_000, ("21 records a second", "about 50 seconds left")),
        (20.0, 7_000, ("20 records a second", "about 3 minutes left")),
        (0.44, 9_999, ("0.4 records a second", "a few seconds left")),
        (0.5, 0, ("0.5 records a second", "about 6 hours left")),
    ],
)
def test_pace_and_time_left_are_rounded_so_that_they_stand_still(
    pace: float, fetched: int, words: tuple[str, str]
) -> None:
    """Two digits, and minutes rather than seconds."""
    run = Run(state=RunState.RUNNING, pace=pace, total=10_000, fetched=fetched)

    assert (pace_text(run), time_left_text(run)) == words
    run.state = RunState.COMPLETED
    assert (pace_text(run), time_left_text(run)) == ("", "")


def test_a_run_that_no_worker_takes_says_so(
    browser: Client, shop: ShopServer, connection: Connection, frozen: FrozenClock
) -> None:
    """The most common mistake of a new project."""
    run = Items.sync(connection)
    assert "A worker takes it in a moment." in text_of(browser, run.get_absolute_url())
    frozen.advance(timedelta(seconds=30))
    assert "No worker has taken it yet." in text_of(browser, run.get_absolute_url())
