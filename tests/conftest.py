"""Shared by all tests: a browser, and what happens when the machine lacks something."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import needs

CHROMIUM_SWITCHES = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Headless Chromium.

    For a module and not for the session: while Playwright is there, Django takes this thread for an asynchronous one
    and refuses to ask the database.
    """
    path = needs.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_SWITCHES.split())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that nobody has used."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Leave the PostgreSQL pass out, with one line, where there is no server."""
    if not getattr(settings, "USES_POSTGRES", False):
        return
    if reason := needs.missing_postgres():
        pytest.exit(f"SKIPPED the pass on PostgreSQL: {reason}", returncode=1 if needs.requires_everything() else 0)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """Count a skip as a failure where everything is required."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    if report.skipped and needs.requires_everything() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"DOVETAIL_REQUIRE=all, but: {reason}"
