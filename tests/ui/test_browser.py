"""How the pages behave in a real browser, under a content security policy that allows nothing but files of the site."""

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.ui.pages import Pages
from tests.ui.test_pages import PATHS

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that tolerates no complaint of the browser and no request to another host."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if "//127.0.0.1" not in request.url:
            complaints.append(request.url)

    context = browser.new_context()
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", watch)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_fit_a_phone(site: str, page: Page, colours: Literal["light", "dark"]) -> None:
    """At 375 pixels nothing needs to be pushed sideways."""
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": 375, "height": 720})
    widths = {}
    for path in PATHS:
        page.goto(site + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert set(widths.values()) == {375}


def test_an_endless_word_is_broken_inside_its_cell(site: str, page: Page) -> None:
    """The ids of a service may be of any length; the columns behind them stay in sight."""
    page.set_viewport_size({"width": 1200, "height": 720})
    page.goto(site + "/records/")
    page.evaluate("document.querySelector('.table tbody td:nth-child(2)').textContent = 'x'.repeat(2000)")

    hidden = page.locator(".table-wrap").first.evaluate("wrap => wrap.scrollWidth - wrap.clientWidth")
    assert hidden == 0


def test_a_refresh_keeps_what_people_do(site: str, page: Page, style_pages: Pages) -> None:
    """Focus, typed text and scrolling stay, nothing jumps, and it ends when the run ends."""
    style_pages.step = 2_500
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(site + "/run/")
    page.fill("#note", "half a wo")
    before = layout(page)

    expect(page.locator(".badge")).to_have_text("Completed")
    page.keyboard.type("rd")

    assert page.input_value("#note") == "half a word"
    assert layout(page) == before
    expect(page.locator("#run")).not_to_have_attribute("hx-get", re.compile("."))
    asked = style_pages.renderings
    page.wait_for_timeout(500)
    assert asked == style_pages.renderings


def test_a_lost_server_is_told(site: str, browser: Browser, style_pages: Pages) -> None:
    """The page says so, stays as it is, and forgets it when the server is back."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + "/run/")
    notice = page.locator(".connection-lost")
    expect(notice).to_be_hidden()

    page.route("**/run/", lambda route: route.abort())
    expect(notice).to_be_visible()
    expect(page.locator("#run")).to_contain_text("0 of 10,000")

    page.unroute("**/run/")
    expect(notice).to_be_hidden()
    context.close()


def test_a_failing_refresh_leaves_the_page_as_it_is(site: str, browser: Browser, style_pages: Pages) -> None:
    """An error page must not take the place of a run."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + "/run/")
    page.route("**/run/", lambda route: route.fulfill(status=500, body="<p id='run'>Server error</p>"))

    expect(page.locator(".connection-lost")).to_be_visible()
    expect(page.locator("#run")).to_contain_text("0 of 10,000")
    context.close()


def test_a_session_that_ended_leads_to_the_sign_in_page(site: str, page: Page, style_pages: Pages) -> None:
    """Instead of a sign-in form within the run."""
    page.goto(site + "/run/")
    style_pages.is_signed_out = True

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.endswith("/sign-in/")


def test_a_dialog_asks_before_a_form_is_sent(site: str, page: Page, style_pages: Pages) -> None:
    """Going back sends nothing; the other button sends it once."""
    page.goto(site + "/problem/")
    page.get_by_role("button", name="Ignore").click()
    dialog = page.get_by_role("dialog", name="Retry this record?")
    dialog.get_by_role("button", name="Go back").click()
    expect(dialog).to_be_hidden()
    assert style_pages.posts == []

    page.get_by_role("button", name="Ignore").click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Continue").click()
    assert len(style_pages.posts) == 1


def test_the_keyboard_reaches_everything(site: str, page: Page) -> None:
    """First the way past the menu; the user menu opens and closes by keys."""
    page.goto(site + "/empty/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sync now")).to_be_focused()

    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_the_first_wrong_field_has_the_focus(site: str, page: Page) -> None:
    """After a form came back."""
    page.goto(site + "/form/")
    page.get_by_role("button", name="Test and connect").click()

    expect(page.get_by_label("Address")).to_be_focused()


def test_pages_work_without_script(site: str, browser: Browser) -> None:
    """A running page then reloads itself as a whole."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/run/")

    assert page.locator("noscript meta[http-equiv=refresh]").count() == 1
    context.close()


def layout(page: Page) -> Any:
    """Return where everything stands that could jump."""
    return page.evaluate(
        "[window.scrollY, ...[...document.querySelectorAll('.panel, .stat, .progress, #note')]"
        ".flatMap(e => Object.values(e.getBoundingClientRect().toJSON()))]"
    )
