"""The one path of every change."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from dovetail.core.changes import (
    Change,
    Operation,
    current_origin,
    follow,
    record,
    subscribe,
    unsubscribe,
    writing_as,
)
from dovetail.core.errors import ProgrammingMistake
from tests.core.models import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


@pytest.fixture
def heard() -> Iterator[list[Change]]:
    """The changes that a subscriber of the shelves hears of."""
    changes: list[Change] = []
    subscribe(changes.append, Shelf)
    yield changes
    unsubscribe(changes.append, Shelf)


def make_shelves(count: int) -> list[Shelf]:
    return Shelf.objects.bulk_create(Shelf(name=str(number)) for number in range(count))


def test_a_save_and_a_delete_are_heard(heard: list[Change]) -> None:
    shelf = Shelf.objects.create(name="low")
    key = shelf.pk
    shelf.save()
    shelf.save(update_fields=["name"])
    shelf.delete()

    assert [(change.operation, change.ids, change.fields) for change in heard] == [
        (Operation.CREATED, (key,), None),
        (Operation.UPDATED, (key,), None),
        (Operation.UPDATED, (key,), frozenset({"name"})),
        (Operation.DELETED, (key,), None),
    ]
    assert {(change.model, change.using, change.origin) for change in heard} == {(Shelf, "default", "")}


def test_many_new_rows_are_one_change(heard: list[Change]) -> None:
    shelves = make_shelves(3)
    (change,) = heard
    assert (change.operation, change.ids) == (Operation.CREATED, tuple(shelf.pk for shelf in shelves))


def test_an_update_of_many_rows_is_one_change_with_its_fields(heard: list[Change]) -> None:
    shelves = make_shelves(2500)
    heard.clear()

    assert Shelf.objects.filter(name__contains="1").update(size=models.F("size") + 1) > 1000

    (change,) = heard
    assert change.fields == {"size"}
    assert set(change.ids) == {shelf.pk for shelf in shelves if "1" in shelf.name}
    assert Shelf.objects.filter(size=1).count() == len(change.ids)


def test_an_update_may_take_its_rows_out_of_its_own_filter(heard: list[Change]) -> None:
    make_shelves(3)
    heard.clear()
    assert Shelf.objects.filter(size=0).update(size=5) == 3
    assert len(heard[0].ids) == 3


def test_a_bulk_update_is_one_change(heard: list[Change]) -> None:
    shelves = make_shelves(3)
    heard.clear()
    for shelf in shelves:
        shelf.size = 7
    assert Shelf.objects.bulk_update(shelves, ["size"]) == 3
    (change,) = heard
    assert (change.operation, change.fields, len(change.ids)) == (Operation.UPDATED, {"size"}, 3)


def test_a_delete_of_many_rows_is_one_change(heard: list[Change]) -> None:
    shelves = make_shelves(3)
    heard.clear()
    Shelf.objects.exclude(name="0").delete()
    (change,) = heard
    assert change.operation is Operation.DELETED
    assert set(change.ids) == {shelf.pk for shelf in shelves[1:]}


def test_an_upsert_counts_as_an_update(heard: list[Change]) -> None:
    Shelf.objects.bulk_create(
        [Shelf(id=1, name="a")], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    )
    assert [change.operation for change in heard] == [Operation.UPDATED]


def test_an_insert_that_hides_what_it_wrote_is_refused(heard: list[Change]) -> None:
    with pytest.raises(ProgrammingMistake, match="Shelf is followed"):
        Shelf.objects.bulk_create([Shelf(name="a")], ignore_conflicts=True)


def test_without_a_follower_django_does_what_it_always_does() -> None:
    make_shelves(3)
    with CaptureQueriesContext(connection) as queries:
        Shelf.objects.update(size=1)
    assert len(queries) == 1
    Shelf.objects.bulk_create([Shelf(name="a")], ignore_conflicts=True)


def test_every_other_way_to_write_through_the_manager_is_heard(heard: list[Change]) -> None:
    Shelf.objects.get_or_create(name="a")
    Shelf.objects.update_or_create(name="a", defaults={"size": 2})
    assert [change.operation for change in heard] == [Operation.CREATED, Operation.UPDATED]


def test_nothing_written_is_nothing_heard(heard: list[Change]) -> None:
    Shelf.objects.filter(name="nobody").update(size=1)
    Shelf.objects.filter(name="nobody").delete()
    record(Shelf, [], operation=Operation.UPDATED)
    assert heard == []


def test_a_subscriber_that_fails_undoes_the_write() -> None:
    def refuse(change: Change) -> None:
        raise RuntimeError("no")

    subscribe(refuse, Shelf)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            make_shelves(2)
    finally:
        unsubscribe(refuse, Shelf)
    assert not Shelf.objects.exists()


def test_a_model_of_another_app_can_be_followed() -> None:
    heard: list[Change] = []
    follow(Group)
    follow(Group)
    subscribe(heard.append, Group)
    try:
        Group.objects.create(name="a")
    finally:
        unsubscribe(heard.append, Group)
    assert len(heard) == 1


def test_a_proxy_counts_as_the_model_it_stands_for(heard: list[Change]) -> None:
    class LowShelf(Shelf):
        class Meta:
            proxy = True
            app_label = "core_tests"

    LowShelf.objects.create(name="low")
    record(LowShelf, [1], operation=Operation.UPDATED)
    assert [change.model for change in heard] == [Shelf, Shelf]


def test_a_subscriber_of_everything_hears_of_every_model(heard: list[Change]) -> None:
    everything: list[Change] = []
    subscribe(everything.append)
    subscribe(everything.append)
    try:
        record(Group, [1], operation=Operation.UPDATED)
        record(Shelf, [1], operation=Operation.UPDATED)
    finally:
        unsubscribe(everything.append)
    assert [change.model for change in everything] == [Group, Shelf]
    assert len(heard) == 1


def test_who_writes_is_told(heard: list[Change]) -> None:
    with writing_as("connection:1"):
        Shelf.objects.create(name="a")
        with writing_as("admin"):
            Shelf.objects.create(name="b")
        assert current_origin() == "connection:1"
        record(Shelf, [1], operation=Operation.UPDATED, origin="request:9")
    assert [change.origin for change in heard] == ["connection:1", "admin", "request:9"]
    assert current_origin() == ""


def test_a_record_that_nobody_follows_does_not_look_at_the_ids() -> None:
    class Untouched(list[int]):
        def __iter__(self) -> Iterator[int]:
            raise AssertionError("somebody looked")

    record(Group, Untouched([1]), operation=Operation.UPDATED)
