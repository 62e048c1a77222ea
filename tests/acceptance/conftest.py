"""What the scenarios share: databases, hubs, a browser."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import needs
from tests.acceptance.hub import Hub

CHROMIUM_FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
"""


@pytest.fixture
def sqlite_database() -> str:
    """The address of a SQLite file in the hub's folder."""
    return "sqlite:///hub.sqlite3"


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database that is dropped afterwards."""
    server = needs.postgres_url()
    name = f"dovetail_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Each of the databases in turn."""
    address: str = request.getfixturevalue(f"{request.param}_database")
    return address


@pytest.fixture
def make_hub(tmp_path: Path) -> Iterator[Callable[..., Hub]]:
    """Make hubs that are stopped when the test ends."""
    hubs: list[Hub] = []

    def make(database: str, **settings: str) -> Hub:
        hub = Hub(tmp_path / f"hub-{len(hubs)}", database, settings)
        hubs.append(hub)
        hub.folder.mkdir()
        hub.create()
        return hub

    yield make
    for hub in hubs:
        hub.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    path = needs.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that nobody has used."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
