"""``upsert`` writes records that carry their key themselves."""

from typing import Any

import pytest

from dovetail.connector.writer import PageResult, upsert
from dovetail.core.errors import ProgrammingMistake
from tests.connector.app.models import Item, Listing, Ticket
from tests.connector.app.rows import item_values

pytestmark = pytest.mark.django_db

FIELDS = tuple(item_values(0))


def listing(number: int, **values: Any) -> dict[str, Any]:
    """Return one listing as a service sends it."""
    return item_values(number, **values) | {"external_id": f"x{number}"}


def test_records_are_inserted_changed_or_left_alone() -> None:
    """Each by its key."""
    first = upsert(Listing, [listing(1), listing(2)], fields=FIELDS)
    second = upsert(Listing, [listing(1), listing(2, name="Renamed"), listing(3)], fields=FIELDS)

    ids = dict(Listing.objects.values_list("external_id", "pk"))
    assert sorted(first.created_ids) == [ids["x1"], ids["x2"]]
    assert (second.created_ids, second.updated_ids, second.unchanged) == ([ids["x3"]], [ids["x2"]], 1)
    assert Listing.objects.get(external_id="x2").name == "Renamed"


def test_only_the_named_fields_are_written() -> None:
    """The others keep their values."""
    upsert(Listing, [listing(1)], fields=FIELDS)

    upsert(Listing, [listing(1, name="Renamed", sku="other")], fields=tuple(set(FIELDS) - {"sku"}))

    assert Listing.objects.values_list("name", "sku").get() == ("Renamed", "SKU-1")


def test_more_rows_than_a_page_are_written_together() -> None:
    """Page by page, in one transaction."""
    result = upsert(Listing, (listing(number) for number in range(2500)), fields=FIELDS)

    assert len(set(result.created_ids)) == Listing.objects.count() == 2500


def test_rows_that_do_not_fit_are_handed_back() -> None:
    """With reasons, by field; the others arrive."""
    result = upsert(Listing, [listing(1), listing(2, quantity=-1), listing(3) | {"external_id": None}], fields=FIELDS)

    assert len(result.created_ids) == 1
    assert [sorted(problem.reasons) for problem in result.problems] == [["external_id"], ["quantity"]]


def test_drawn_keys_and_times_stay_those_of_the_first_write() -> None:
    """Only the time of change moves, and only when something changed."""
    rows = [{"code": "T1", "due": None}]
    upsert(Ticket, rows, key="code", fields=("due",))
    before = Ticket.objects.get()

    assert upsert(Ticket, rows, key="code", fields=("due",)) == PageResult(unchanged=1)
    changed = upsert(Ticket, [{"code": "T1", "due": "2026-01-31"}], key="code", fields=("due",))

    after = Ticket.objects.get()
    assert changed.updated_ids == [before.pk]
    assert (after.pk, after.token, after.created_at) == (before.pk, before.token, before.created_at)
    assert after.changed_at > before.changed_at


def test_a_key_must_be_unique() -> None:
    """Or two records could be meant."""
    with pytest.raises(ProgrammingMistake, match=r"Item\.sku must be unique"):
        upsert(Item, [], key="sku", fields=("name",))
