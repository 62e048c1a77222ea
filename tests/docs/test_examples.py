"""The examples of the pages run: each page is read from top to bottom, in a project such as its reader has."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.template import engines
from django.test import RequestFactory

from dovetail.clients import Client
from dovetail.core.errors import ServiceUnavailable
from dovetail.integrations.integration import Integration
from dovetail.integrations.manager import get_integration_manager
from dovetail.integrations.models import Connection
from dovetail.testing.clock import FrozenClock, use_clock
from dovetail.testing.servers.coffee import CoffeeServer
from dovetail.testing.transport import FakeTransport
from dovetail.ui.navigation import navigation
from tests.docs.blocks import blocks, documents
from tests.docs.project import Project
from tests.docs.reader import read

IN_A_PROJECT = {
    "docs/explanation/change-path.md": "change_path",
    "docs/how-to/change-the-look.md": "change_the_look",
    "docs/how-to/run-jobs.md": "run_jobs",
    "docs/how-to/write-an-integration.md": "write_an_integration",
    "docs/how-to/write-pages.md": "write_pages",
    "docs/reference/commands.md": "commands",
    "docs/reference/settings.md": "settings",
}
"""Pages that add to a project in which Dovetail is installed, with their lessons."""
CONNECT_ACCOUNTS = "docs/how-to/connect-accounts.md"
CALL_A_SERVICE = "docs/how-to/call-a-service.md"
ERRORS = "docs/explanation/errors.md"
UI = "docs/reference/ui.md"
ELSEWHERE = ["README.md", "docs/how-to/write-a-connector.md", "docs/reference/testing.md"]
"""Tested in modules of their own."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def clock() -> Iterator[FrozenClock]:
    with use_clock(FrozenClock()) as frozen:
        yield frozen


def test_every_page_with_python_is_tested() -> None:
    tested = [*IN_A_PROJECT, CONNECT_ACCOUNTS, CALL_A_SERVICE, ERRORS, UI, *ELSEWHERE]
    assert sorted(tested) == sorted(page for page in documents() if blocks(page, "python"))


@pytest.mark.process
@pytest.mark.parametrize(("document", "lesson"), IN_A_PROJECT.items(), ids=IN_A_PROJECT.values())
def test_a_page_is_true_in_a_project(project: Project, document: str, lesson: str) -> None:
    project.add_dovetail()
    project.add_shop()
    project.write_files_of(document)
    project.learn(document, lesson)


@pytest.mark.process
def test_the_page_on_connecting_accounts_is_true(project: Project) -> None:
    """It adds Dovetail itself, to a project that has only the reader's own app."""
    project.add_shop()
    project.append(
        "mysite/settings.py",
        'MIDDLEWARE += ["shop.middleware.organisation_middleware"]\nALLOWED_HOSTS = [".localhost"]\n',
    )
    project.write_files_of(CONNECT_ACCOUNTS)
    project.learn(CONNECT_ACCOUNTS, "connect_accounts")


def test_the_page_on_calling_a_service_is_true(clock: FrozenClock) -> None:
    names: dict[str, Any] = {}
    read(CALL_A_SERVICE, names)

    names["test_brews_are_read_to_the_last_page"]()
    fake = FakeTransport()
    fake.add("GET", "/brews/1", json={"price_cents": 250})
    fake.add("GET", "/brews/2", status=404)
    fake.add("GET", "/brews/3", status=503, headers={"Retry-After": "60"})
    fake.add("POST", "/orders", error=httpx2.ReadError("gone"), times=1)
    fake.add("POST", "/orders", json={"state": "ordered"})
    coffee = names["CoffeeClient"](transport=fake)
    assert names["try_it"](coffee) == {"price_cents": 250}
    assert [names["price_to_show"](coffee, number) for number in (1, 2, 3)] == [250, None, "later, in 0:01:00"]
    assert coffee.order("Ristretto", 7).json() == {"state": "ordered"}
    assert names["client_for_a_script"]("a token").auth


@pytest.mark.process
@pytest.mark.django_db
def test_the_page_on_calling_a_service_is_true_of_a_real_one() -> None:
    names: dict[str, Any] = {}
    read(CALL_A_SERVICE, names)
    with CoffeeServer(brews=250) as machine, connection_with(names["CoffeeClient"], machine) as connection:
        assert names["cheapest"](connection)["price_cents"] == min(180 + 37 * id_ % 420 for id_ in range(1, 251))
        with connection.client() as coffee:
            pages = list(names["read_some"](coffee))
            _items, resume = pages[0]
            rest = list(names["read_some"](coffee, resume))
    assert [len(items) for items, _resume in pages] == [100, 100, 50]
    assert rest == pages[1:]


@contextmanager
def connection_with(client_class: type[Client], machine: CoffeeServer) -> Iterator[Connection]:
    """Connect the machine by an integration that calls with this client."""

    class PageIntegration(Integration):
        integration_id = "page"
        client = client_class

    manager = get_integration_manager()
    manager.register_integration_class(PageIntegration)
    yield Connection(
        integration_id="page",
        address=machine.url,
        settings={"username": machine.username},
        credentials={"password": machine.password},
    )
    manager.unregister_integration_class(PageIntegration)


def test_the_page_on_errors_is_true(clock: FrozenClock) -> None:
    class Analytics:
        calls = 0

        def page_stats(self, slug: str) -> None:
            self.calls += 1
            raise ServiceUnavailable("analytics does not answer")

    names: dict[str, Any] = {"analytics": Analytics(), "slug": "about"}
    read(ERRORS, names)

    assert names["stats"] is None
    with pytest.raises(ServiceUnavailable):
        names["read_stats"]()
    assert names["analytics"].calls == 1 + 3
    assert len(clock.sleeps) == 2


@pytest.mark.django_db
def test_the_reference_of_the_pages_is_true(admin_user: Any, connection_of_tests: Connection) -> None:
    frame, refreshing = blocks(UI, "django")
    request = RequestFactory().get("/")
    request.user = admin_user

    page = engines["django"].from_string(frame).render({"connection": connection_of_tests}, request)
    assert "<h1>Kitchen" in page
    head = '{% extends "dovetail/ui/base.html" %}{% load dovetail_ui %}'
    page = engines["django"].from_string(head + refreshing).render({"run": {"is_active": True}}, request)
    assert 'id="run"' in page

    read(UI, {})
    assert str(navigation.remove("orders").label) == "Orders"


@pytest.fixture
def connection_of_tests(db: None) -> Connection:
    return Connection.objects.create(integration_id="coffee", name="Kitchen")
