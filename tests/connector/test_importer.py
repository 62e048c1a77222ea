"""Records come in page by page, with what they refer to, and each exactly once."""

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from dovetail.connector.problem import Problem
from dovetail.connector.run import RunState
from dovetail.core.changes import Change, subscribe, unsubscribe
from dovetail.integrations.models import Connection
from tests.connector.app.models import Item, ItemBinding, Maker, MakerBinding, Tag
from tests.connector.shop import Items, Makers, ShopServer, item

pytestmark = pytest.mark.django_db


def test_all_pages_arrive(shop: ShopServer, connection: Connection) -> None:
    """Every record is there once, with its binding, and the run says so."""
    shop.put_items(25)

    run = Items.sync(connection, wait=True)

    assert run.state == RunState.COMPLETED
    assert (run.fetched, run.created, run.total, run.pages) == (25, 25, 25, 3)
    assert Item.objects.count() == ItemBinding.objects.filter(connection=connection).count() == 25
    assert shop.asked == ["/items", "/items?page=2", "/items?page=3"]


def test_a_second_run_changes_nothing(shop: ShopServer, connection: Connection) -> None:
    """What is unchanged is not written."""
    shop.put_items(25)
    Items.sync(connection, wait=True)

    with CaptureQueriesContext(
        database,
    ) as statements:
        run = Items.sync(connection, wait=True)

    assert run.summary == "0 created, 0 updated, 25 unchanged"
    assert not [s["sql"] for s in statements if s["sql"].startswith("UPDATE") and "connector_app_item" in s["sql"]]


def test_what_changed_on_the_service_changes_here(shop: ShopServer, connection: Connection) -> None:
    """Only the record that differs is written."""
    shop.put_items(3)
    Items.sync(connection, wait=True)

    shop.put("items", item(2, title="Better"))
    run = Items.sync(connection, wait=True)

    assert run.summary == "0 created, 1 updated, 2 unchanged"
    assert ItemBinding.objects.get(external_id="2").record.name == "Better"


@pytest.mark.parametrize(
    ("strange", "reasons"),
    [
        ([1], {"": "Expected a record, got [1]."}),
        (item(1) | {"id": ""}, {"id": "The record has no id."}),
        (item(1) | {"id": {"a": 1}}, {"id": 'Expected text or a whole number, got {"a": 1}.'}),
        (item(1) | {"id": True}, {"id": "Expected text or a whole number, got true."}),
    ],
)
def test_what_has_no_id_is_set_aside_in_words(
    strange: Any, reasons: dict[str, str], shop: ShopServer, connection: Connection
) -> None:
    shop.records["items"]["strange"] = strange
    shop.put("items", item(2))

    run = Items.sync(connection, wait=True)

    assert run.summary == "1 created, 0 updated, 0 unchanged, 1 problem"
    assert Problem.objects.get().reasons == reasons


def test_an_empty_list_completes(shop: ShopServer, connection: Connection) -> None:
    """Nothing to bring in is no mistake."""
    run = Items.sync(connection, wait=True)

    assert (run.state, run.total, run.progress.percent) == (RunState.COMPLETED, 0, 100)


def test_references_are_resolved_and_missing_ones_come_first(shop: ShopServer, connection: Connection) -> None:
    """A maker that is known costs no call; one that is not is read from the service before the item is written."""
    shop.put("makers", {"id": "m1", "name": "Acme"}, {"id": "m2", "name": "Bolt"})
    shop.put("tags", {"id": 1, "name": "red"}, {"id": 2, "name": "blue"})
    Makers.sync(connection, wait=True)
    shop.records["makers"]["m3"] = {"id": "m3", "name": "Cog"}
    shop.put("items", item(1, maker="m1", tags=[1, 2]), item(2, maker="m3", tags=[2]), item(3))
    shop.asked.clear()

    run = Items.sync(connection, wait=True)

    assert run.state == RunState.COMPLETED
    assert shop.asked == ["/items", "/makers/m3", "/tags/1", "/tags/2"]
    items = {binding.external_id: binding.record for binding in ItemBinding.objects.select_related("record")}
    assert [items[id_].maker and items[id_].maker.name for id_ in "123"] == ["Acme", "Cog", None]
    assert sorted(tag.name for tag in items["1"].tags.all()) == ["blue", "red"]
    assert MakerBinding.objects.count() == Maker.objects.count() == 3
    assert Tag.objects.count() == 2


def test_a_reference_that_is_nowhere_sets_the_record_aside(shop: ShopServer, connection: Connection) -> None:
    """It is asked for once, the reason names the field, and the others arrive."""
    shop.put("items", item(1, maker="gone"), item(2), *(item(n, maker="gone") for n in range(3, 15)))

    run = Items.sync(connection, wait=True)

    assert run.state == RunState.COMPLETED_WITH_PROBLEMS
    assert (run.created, run.problems) == (1, 13)
    assert shop.asked.count("/makers/gone") == 1
    reasons = Problem.objects.get(external_id="1").reasons
    assert reasons == {"maker": "The maker gone is not here and could not be brought in."}


def test_an_extra_goes_to_the_binding(shop: ShopServer, connection: Connection) -> None:
    """A value that only the service knows has its column on the binding."""
    shop.put("items", item(1, shelf="B7"))

    Items.sync(connection, wait=True)

    assert ItemBinding.objects.get().shelf == "B7"


def test_an_id_that_is_zero_is_an_id(shop: ShopServer, connection: Connection) -> None:
    """Falsy is not missing."""
    shop.put("items", item(0))

    assert Items.sync(connection, wait=True).created == 1
    assert ItemBinding.objects.get().external_id == "0"


def test_changes_carry_who_wrote(shop: ShopServer, connection: Connection) -> None:
    """Followers can tell the connection and the run, so that nothing echoes."""
    shop.put_items(2)
    heard: list[Change] = []
    subscribe(heard.append, Item)
    try:
        run = Items.sync(connection, wait=True)
    finally:
        unsubscribe(heard.append, Item)

    assert [change.origin for change in heard] == [f"connection:{connection.uuid}/run:{run.uuid}"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["new", "unchanged", "changed"])
def test_a_page_takes_at_most_12_statements(shop: ShopServer, connection: Connection, what: str) -> None:
    """All counted: BEGIN and COMMIT, references of two kinds, records, bindings, links, counters and checkpoint."""
    shop.page_size = 50
    shop.put("makers", {"id": "m", "name": "Acme"})
    shop.put("tags", {"id": 1, "name": "red"}, {"id": 2, "name": "blue"})
    shop.put("items", item(1, maker="m", tags=[1, 2]))
    Items.sync(connection, wait=True)
    taken = []
    for pages in (2, 3):
        shop.records["items"] = {}
        shop.put("items", *(item(1000 * pages + n, maker="m", tags=[1]) for n in range(50 * pages)))
        if what != "new":
            Items.sync(connection, wait=True)
        if what == "changed":
            shop.put("items", *(item(1000 * pages + n, maker="m", tags=[2], title="New") for n in range(50 * pages)))
        with CaptureQueriesContext(database) as captured:
            run = Items.sync(connection, wait=True)
        assert run.pages == pages
        assert run.state == RunState.COMPLETED
        taken.append([statement["sql"][:70] for statement in captured])

    a_page = len(taken[1]) - len(taken[0])
    assert a_page <= 12, "\n".join(taken[1][-a_page - 8 :])
