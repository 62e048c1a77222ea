"""walking-1: connect a real tracker in a real browser, and see its issues arrive; the password shows nowhere."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from dovetail.testing.servers.coffee import CoffeeServer
from dovetail.testing.servers.roundup import RoundupTracker
from tests import needs
from tests.acceptance.hub import Hub

pytestmark = [pytest.mark.process, pytest.mark.browser]

ISSUES = 1000
BREWS = 10_000
RUN_MILLISECONDS = 90_000


@pytest.fixture
def tracker() -> Iterator[RoundupTracker]:
    needs.roundup_server()
    with RoundupTracker(issues=ISSUES) as tracker:
        yield tracker


@pytest.fixture
def pages(page: Page) -> list[str]:
    """Everything that the hub sent to the browser."""
    received: list[str] = []

    def remember(response: Response) -> None:
        if "text/html" in response.headers.get("content-type", "") and response.status == 200:
            received.append(response.text())

    page.on("response", remember)
    return received


@pytest.mark.acceptance("walking-1")
@pytest.mark.roundup
def test_a_real_tracker_is_connected_and_its_issues_arrive(
    make_hub: Callable[..., Hub], sqlite_database: str, tracker: RoundupTracker, page: Page, pages: list[str]
) -> None:
    hub = make_hub(sqlite_database)
    hub.serve()

    page.goto(hub.sign_in_link())
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Roundup issue tracker"))
    card.get_by_role("link", name="Connect").click()
    page.get_by_label("Address").fill(tracker.url)
    page.get_by_label("User name").fill(tracker.username)
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("#id_password_error")).to_contain_text("refused")
    assert hub.query("SELECT count(*) FROM dovetail_integrations_connection") == [[0]]

    page.get_by_label("Password").fill(tracker.password)
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Roundup")
    page.get_by_role("button", name="Sync Issues").click()
    expect(page.locator("main")).to_contain_text(
        f"{ISSUES:,} created, 0 updated, 0 unchanged", timeout=RUN_MILLISECONDS
    )

    page.get_by_role("link", name="Show the records").click()
    expect(page.locator("main")).to_contain_text(f"{ISSUES:,}")
    link = page.locator(f"a[href^='{tracker.url}/issue']").first
    expect(link).to_be_visible()

    the_password_is_nowhere(tracker.password, hub, pages)


def test_the_way_through_the_demonstration_works_as_the_readme_says(
    make_hub: Callable[..., Hub], sqlite_database: str, page: Page
) -> None:
    with CoffeeServer(brews=BREWS) as machine:
        hub = make_hub(sqlite_database, DOVETAIL_COFFEE_DEMO_ADDRESS=machine.url)
        hub.serve()

        page.goto(hub.sign_in_link())
        card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Coffee machine"))
        card.get_by_role("link", name="Connect").click()
        page.get_by_role("link", name="Use demonstration values").click()
        page.get_by_label("Password").fill("a wrong one")
        page.get_by_role("button", name="Connect").click()
        expect(page.locator("#id_password_error")).to_contain_text("refused")
        page.get_by_label("Password").fill(machine.password)
        page.get_by_role("button", name="Connect").click()

        page.get_by_role("button", name="Sync Brews").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.locator("main")).to_contain_text("10,000 of 10,000", timeout=RUN_MILLISECONDS)
        expect(page.locator("main")).to_contain_text("10,000 created, 0 updated, 0 unchanged")
        page.get_by_role("button", name="Sync again").click()
        expect(page.locator("main")).to_contain_text("0 created, 0 updated, 10,000 unchanged", timeout=RUN_MILLISECONDS)

        page.get_by_role("link", name="Show the records").click()
        expect(page.locator(f"a[href^='{machine.url}/brews/']").first).to_be_visible()


def the_password_is_nowhere(password: str, hub: Hub, pages: list[str]) -> None:
    assert len(pages) > 5
    assert not [text for text in pages if password in text], "the password is in a page"
    assert password not in hub.log(), "the password is in the log"
    for file in hub.folder.iterdir():
        assert password.encode() not in file.read_bytes(), f"the password is in {file.name}"
