"""walking-5: one issue that does not fit is set aside with its payload and a reason by field; it arrives once the
mapping is fixed. The models and the mapping are an application's own, so it can fix them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dovetail.testing.servers.roundup import RoundupTracker
from tests import needs
from tests.acceptance.hub import Hub

pytestmark = [
    pytest.mark.acceptance("walking-5"),
    pytest.mark.process,
    pytest.mark.roundup,
    pytest.mark.browser,
]

ISSUES = 300
DESK = Path(__file__).with_name("desk")
LONGEST = 100
LONG_TITLE = f"A title that is longer than the {LONGEST} characters {'and ' * 20}which a ticket can hold"


def test_a_bad_record_is_set_aside_and_arrives_when_the_mapping_is_fixed(
    make_hub: Callable[..., Hub], sqlite_database: str, tmp_path: Path, page: Page
) -> None:
    needs.roundup_server()
    shutil.copytree(DESK, tmp_path / "desk")
    with RoundupTracker(issues=ISSUES) as tracker:
        tracker.edit_issue(42, title=LONG_TITLE)
        hub = make_hub(sqlite_database, DOVETAIL_HUB_APPS="desk", PYTHONPATH=str(tmp_path))
        connection = hub.connect("roundup", tracker)
        hub.serve()

        page.goto(hub.sign_in_link())
        page.goto(f"{hub.url}/integrations/connections/{connection}/")
        page.get_by_role("button", name="Sync Tickets").click()
        expect(page.locator("main")).to_contain_text("Completed with problems", timeout=60_000)
        expect(page.locator("main")).to_contain_text(f"{ISSUES - 1:,} created, 0 updated, 0 unchanged")

        page.get_by_role("link", name="Show the problems").click()
        page.get_by_role("link", name="42", exact=True).click()
        expect(page.locator("main")).to_contain_text("title")
        expect(page.locator("main")).to_contain_text(str(LONGEST))
        expect(page.locator("main")).to_contain_text(LONG_TITLE)
        the_payload_is_what_the_tracker_sent(hub)

        fix_the_mapping(tmp_path / "desk/mappers.py")
        address = page.url
        hub.stop()
        hub.serve()
        page.goto(address)
        page.get_by_role("button", name="Retry").click()
        expect(page.locator("main")).to_contain_text("1 created, 0 updated, 0 unchanged", timeout=60_000)

        assert hub.query("SELECT count(*) FROM desk_ticket") == [[ISSUES]]
        [[title]] = hub.query(
            "SELECT title FROM desk_ticket t JOIN desk_ticketbinding b ON t.id = b.record_id WHERE external_id = '42'"
        )
        assert title == LONG_TITLE[:LONGEST]
        page.goto(f"{hub.url}/sync/connections/{connection}/tickets/problems/")
        expect(page.locator("main")).not_to_contain_text("42")


def the_payload_is_what_the_tracker_sent(hub: Hub) -> None:
    [[payload]] = hub.query("SELECT CAST(payload AS text) FROM dovetail_connector_problem")
    record = json.loads(payload)
    assert record["title"] == LONG_TITLE
    assert record["id"] == "42"


def fix_the_mapping(mappers: Path) -> None:
    before = mappers.read_text()
    after = before.replace('Field("title")', 'Field("title", convert=Shortened())')
    assert after != before
    mappers.write_text(after)
