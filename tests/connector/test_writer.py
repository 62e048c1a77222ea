"""The page writer writes records and their bindings, and says what became of each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from dovetail.connector.writer import PageResult, PageWriter, Row
from dovetail.core import changes
from dovetail.core.changes import Change, Operation
from dovetail.core.errors import ProgrammingMistake, UnknownName
from dovetail.integrations.models import Connection
from tests.connector.app.models import Item, ItemBinding, Maker, Tag, Ticket, TicketBinding
from tests.connector.app.rows import MORNING, item_row, item_values, make_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Connection:
    """An account on a service."""
    return make_connection()


@pytest.fixture
def writer(account: Connection) -> PageWriter:
    """A writer of items."""
    return PageWriter(Item, binding_model=ItemBinding, connection=account)


def write(writer: PageWriter, rows: Sequence[Row]) -> PageResult:
    """Write one page in a transaction of its own."""
    with transaction.atomic():
        return writer.write(rows)


@contextmanager
def recorded_changes(model: Any) -> Iterator[list[Change]]:
    """Gather the changes of a model until the block ends."""
    gathered: list[Change] = []
    changes.subscribe(gathered.append, model)
    try:
        yield gathered
    finally:
        changes.unsubscribe(gathered.append, model)


def test_new_records_come_with_their_bindings(account: Connection, writer: PageWriter) -> None:
    """Every value arrives as it was sent."""
    maker = Maker.objects.create(name="Roaster")

    result = write(
        writer, [item_row(1, maker=maker.pk, payload={"é": [1, None, "x"]}), item_row(2, note="Ünï ' \" \\")]
    )

    first, second = Item.objects.order_by("sku")
    assert sorted(result.created_ids) == sorted([first.pk, second.pk])
    assert (result.updated_ids, result.unchanged, result.problems) == ([], 0, [])
    assert (first.name, first.price, first.quantity, first.is_active) == ("Item 1", 12.5, 1, True)
    assert (first.updated_at, first.maker, first.payload) == (MORNING, maker, {"é": [1, None, "x"]})
    assert (second.maker, second.note) == (None, "Ünï ' \" \\")
    binding = ItemBinding.objects.get(external_id="x2")
    assert (binding.connection, binding.record, binding.remote_version, binding.shelf) == (account, second, "", "")
    assert binding.content_hash is not None
    assert binding.created_at.tzinfo is not None


def test_the_same_page_again_writes_nothing(writer: PageWriter) -> None:
    """Unchanged records are passed over by their hash."""
    rows = [item_row(number) for number in range(20)]
    write(writer, rows)

    with CaptureQueriesContext(database) as queries:
        result = write(writer, rows)

    assert result == PageResult(unchanged=20)
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_only_what_changed_is_written(writer: PageWriter) -> None:
    """One record of twenty."""
    write(writer, [item_row(number) for number in range(20)])
    before = ItemBinding.objects.get(external_id="x7")

    result = write(writer, [item_row(number, quantity=number + (number == 7)) for number in range(20)])

    changed = ItemBinding.objects.get(external_id="x7")
    assert (result.updated_ids, result.unchanged) == ([changed.record_id], 19)
    assert changed.record.quantity == 8
    assert changed.synced_at > before.synced_at
    assert changed.created_at == before.created_at


def test_a_local_edit_stays_until_the_service_changes_the_record(writer: PageWriter) -> None:
    """Only what the service sends is compared."""
    write(writer, [item_row(1)])
    Item.objects.update(name="Ours")

    assert write(writer, [item_row(1)]).unchanged == 1
    assert Item.objects.get().name == "Ours"


def test_a_field_more_in_the_mapping_writes_every_record_anew(writer: PageWriter) -> None:
    """Even where its value says little."""
    values = {name: value for name, value in item_values(1).items() if name != "maker"}
    write(writer, [Row(external_id="x1", values=values)])

    assert len(write(writer, [item_row(1)]).updated_ids) == 1


def test_rows_that_bring_different_fields_share_a_page(writer: PageWriter) -> None:
    """What a row does not bring keeps its value, or gets its default."""
    write(writer, [item_row(1)])

    result = write(
        writer,
        [
            Row(external_id="x1", values={"name": "Renamed"}),
            Row(external_id="x2", values={"name": "New", "sku": "n"}),
            item_row(3),
        ],
    )

    renamed, new = Item.objects.get(name="Renamed"), Item.objects.get(name="New")
    assert (len(result.created_ids), len(result.updated_ids)) == (2, 1)
    assert renamed.sku == "SKU-1"
    assert (new.price, new.quantity, new.is_active, new.note, new.payload) == (0, 0, True, "", None)


def test_of_rows_with_one_id_the_last_counts(writer: PageWriter) -> None:
    """A page may name a record twice."""
    result = write(writer, [item_row(1), item_row(1, name="Newer")])

    assert len(result.created_ids) == 1
    assert Item.objects.get().name == "Newer"


def test_external_ids_are_told_apart_by_every_byte(writer: PageWriter) -> None:
    """``Ab`` is not ``aB``, and "0" is an id."""
    rows = [replace(item_row(1), external_id=external_id) for external_id in ("Ab", "aB", "0", "\u00e9", "e\u0301")]

    assert len(write(writer, rows).created_ids) == 5
    assert write(writer, rows).unchanged == 5


def test_two_accounts_may_use_the_same_ids(writer: PageWriter) -> None:
    """An external id belongs to its connection."""
    other = PageWriter(Item, binding_model=ItemBinding, connection=make_connection("Other"))

    write(writer, [item_row(1)])
    write(other, [item_row(1)])

    assert Item.objects.count() == 2


def test_a_record_removed_here_comes_back(writer: PageWriter) -> None:
    """Its binding went with it."""
    write(writer, [item_row(1)])
    Item.objects.all().delete()

    assert len(write(writer, [item_row(1)]).created_ids) == 1


def test_extras_are_kept_on_the_binding(writer: PageWriter) -> None:
    """A change of an extra alone is a change."""
    row = replace(item_row(1), extras={"shelf": "A3", "remote_version": "v1"})
    write(writer, [row])

    result = write(writer, [replace(row, extras={"shelf": "B4", "remote_version": "v2"})])

    binding = ItemBinding.objects.get()
    assert (binding.shelf, binding.remote_version) == ("B4", "v2")
    assert result.updated_ids == [binding.record_id]


def test_many_to_many_links_are_exactly_those_that_came(writer: PageWriter) -> None:
    """New ones are added, others removed, and records of other pages keep theirs."""
    first, second, third = (Tag.objects.create(name=name).pk for name in "abc")
    write(writer, [replace(item_row(n), many={"tags": [first, second, first]}) for n in (1, 2, 3)])

    result = write(
        writer,
        [
            replace(item_row(1), many={"tags": [third, second]}),
            replace(item_row(2), many={"tags": []}),
            replace(item_row(3), many={"tags": [second, first]}),
        ],
    )

    tags = {item.sku: set(item.tags.values_list("pk", flat=True)) for item in Item.objects.all()}
    assert tags == {"SKU-1": {second, third}, "SKU-2": set(), "SKU-3": {first, second}}
    assert (len(result.updated_ids), result.unchanged) == (2, 1)


def test_a_row_that_does_not_fit_keeps_no_other_out(writer: PageWriter) -> None:
    """It is handed back with every reason."""
    result = write(
        writer, [item_row(1), item_row(2, quantity="many", price=None), replace(item_row(3), external_id="")]
    )

    assert len(result.created_ids) == 1
    nameless, bad = result.problems
    assert (bad.external_id, bad.source) == ("x2", {"id": "x2"})
    assert sorted(bad.reasons) == ["price", "quantity"]
    assert nameless.reasons == {"external_id": "The record has no id."}


def test_a_value_inside_itself_is_set_aside(writer: PageWriter) -> None:
    """A mapping can make one, though no service can send it."""
    endless: list[Any] = []
    endless.append(endless)

    result = write(writer, [item_row(1, payload=endless), item_row(2)])

    assert [problem.external_id for problem in result.problems] == ["x1"]
    assert len(result.created_ids) == 1


def test_the_page_is_told_to_those_who_follow_the_model(writer: PageWriter) -> None:
    """One change for what is new and one for what changed, whatever the number of rows."""
    write(writer, [item_row(1)])

    with recorded_changes(Item) as gathered:
        result = write(writer, [item_row(1, name="Renamed"), item_row(2), item_row(3)])
        write(writer, [item_row(2)])

    created, updated = gathered
    assert (created.operation, set(created.ids)) == (Operation.CREATED, set(result.created_ids))
    assert (updated.operation, list(updated.ids)) == (Operation.UPDATED, result.updated_ids)
    assert created.fields == frozenset(item_values(1))


def test_a_page_takes_few_statements(writer: PageWriter) -> None:
    """However many rows it has."""
    tag = Tag.objects.create(name="a").pk
    rows = [replace(item_row(number), many={"tags": [tag]}) for number in range(200)]
    with transaction.atomic():
        with CaptureQueriesContext(database) as first:
            writer.write(rows)
        with CaptureQueriesContext(database) as again:
            writer.write(rows)
        with CaptureQueriesContext(database) as changed:
            writer.write([replace(row, values=dict(row.values) | {"name": "New"}) for row in rows])

    assert len(first) == 7, [query["sql"][:80] for query in first]
    assert len(again) == 1, [query["sql"][:80] for query in again]
    assert len(changed) == 8, [query["sql"][:80] for query in changed]


def test_columns_fill_themselves(account: Connection) -> None:
    """Random keys, times and defaults are made for new rows; the time of change moves when a row is changed."""
    writer = PageWriter(Ticket, binding_model=TicketBinding, connection=account)
    values = {"code": "T1", "due": None}

    created = write(
        writer, [Row(external_id="1", values=values), Row(external_id="2", values={"code": "T2", "due": None})]
    )
    before = Ticket.objects.get(code="T1")
    updated = write(writer, [Row(external_id="1", values=values | {"due": "2026-01-31"})])

    after = Ticket.objects.get(code="T1")
    assert set(created.created_ids) == set(Ticket.objects.values_list("pk", flat=True))
    assert updated.updated_ids == [after.pk]
    assert len(set(Ticket.objects.values_list("token", flat=True))) == 2
    assert (before.urgency, before.email) == ("later", "")
    assert (after.pk, after.token, after.created_at) == (before.pk, before.token, before.created_at)
    assert after.changed_at > before.changed_at


def test_what_the_database_refuses_is_found_and_set_aside(account: Connection) -> None:
    """The row that takes another's value is named; all others arrive."""
    Ticket.objects.create(code="T7")
    writer = PageWriter(Ticket, binding_model=TicketBinding, connection=account)

    result = write(writer, [Row(external_id=f"{n:02}", values={"code": f"T{n}"}, source=n) for n in range(20)])

    (problem,) = result.problems
    assert (problem.external_id, problem.source) == ("07", 7)
    assert problem.reasons == {"code": "Another record has this value, and no two may."}
    assert len(result.created_ids) == 19
    assert TicketBinding.objects.count() == 19


def test_a_required_value_that_no_row_brings_is_named(writer: PageWriter) -> None:
    """The database refuses the row, and says which column."""
    account = make_connection()
    missing = PageWriter(Ticket, binding_model=TicketBinding, connection=account)

    result = write(missing, [Row(external_id="1", values={"due": None, "code": None})])

    assert result.problems[0].reasons == {"code": "Expected text of at most 10 characters, got null."}


def test_a_page_is_written_in_the_callers_transaction(account: Connection, writer: PageWriter) -> None:
    """It stands or falls with what the caller writes beside it."""
    with transaction.atomic():
        writer.write([item_row(1)])
        transaction.set_rollback(True)

    assert Item.objects.count() == 0


def test_an_unknown_field_is_a_mistake(writer: PageWriter) -> None:
    """The message lists the fields that there are."""
    with pytest.raises(UnknownName, match="'colour'; known are: id, is_active"), transaction.atomic():
        writer.write([item_row(1, colour="red")])


def test_only_the_fields_that_were_agreed_on_may_come(account: Connection) -> None:
    """Anything else is a mistake of the mapper."""
    writer = PageWriter(Item, binding_model=ItemBinding, connection=account, fields=("name", "sku"))

    with pytest.raises(UnknownName, match="field to be written"), transaction.atomic():
        writer.write([item_row(1)])


def test_bindings_need_an_account() -> None:
    """Whose ids they are must be known."""
    with pytest.raises(ProgrammingMistake, match="say whose external ids they hold"):
        PageWriter(Item, binding_model=ItemBinding)


@pytest.mark.django_db(transaction=True)
def test_a_page_without_a_transaction_is_a_mistake(writer: PageWriter) -> None:
    """Half of a page must never stay."""
    with pytest.raises(ProgrammingMistake, match=r"use transaction\.atomic"):
        writer.write([item_row(1)])
