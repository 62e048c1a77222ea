"""walking-2: the second sync writes nothing, and an edited issue arrives alone; the database itself is the witness."""

from collections.abc import Callable

import pytest

from dovetail.testing.servers.roundup import RoundupTracker
from tests import needs
from tests.acceptance.hub import Hub

pytestmark = [pytest.mark.acceptance("walking-2"), pytest.mark.process, pytest.mark.roundup]

ISSUES = 1000
WITNESS = {
    "sqlite": """
        CREATE TRIGGER witness_{verb} AFTER {verb} ON dovetail_roundup_issue
        BEGIN INSERT INTO witness VALUES ('{verb}', {row}.id); END""",
    "postgresql": """
        CREATE FUNCTION witness_{verb}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO witness VALUES ('{verb}', {row}.id); RETURN NULL; END $$;
        CREATE TRIGGER witness_{verb} AFTER {verb} ON dovetail_roundup_issue
        FOR EACH ROW EXECUTE FUNCTION witness_{verb}()""",
}


def test_the_second_sync_writes_no_issue_and_an_edited_one_arrives_alone(
    make_hub: Callable[..., Hub], database: str
) -> None:
    needs.roundup_server()
    with RoundupTracker(issues=ISSUES) as tracker:
        hub = make_hub(database)
        hub.connect("roundup", tracker)
        assert f"{ISSUES:,} created, 0 updated, 0 unchanged" in sync(hub)

        call_witness(hub, "sqlite" if database.startswith("sqlite") else "postgresql")
        assert f"0 created, 0 updated, {ISSUES:,} unchanged" in sync(hub)
        assert hub.query("SELECT * FROM witness") == []

        tracker.edit_issue(7, title="Edited in the tracker")
        assert f"0 created, 1 updated, {ISSUES - 1:,} unchanged" in sync(hub)
        [[record]] = hub.query("SELECT record_id FROM dovetail_roundup_issuebinding WHERE external_id = '7'")
        assert hub.query("SELECT * FROM witness") == [["UPDATE", record]]
        assert hub.query(f"SELECT title FROM dovetail_roundup_issue WHERE id = {record}") == [["Edited in the tracker"]]


def sync(hub: Hub) -> str:
    return hub.command("sync", "roundup", "issues")


def call_witness(hub: Hub, vendor: str) -> None:
    """Let the database note each write to the issue table, whoever makes it."""
    hub.query("CREATE TABLE witness (verb text, id bigint)")
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        hub.query(WITNESS[vendor].format(verb=verb, row=row))
