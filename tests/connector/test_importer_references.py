"""Records that refer to others of their own kind arrive whole, and each is counted once."""

from itertools import pairwise

import pytest

from dovetail.connector.problem import Problem
from dovetail.connector.run import RunState
from dovetail.integrations.models import Connection
from tests.connector.app.models import Folder, FolderBinding
from tests.connector.shop import Folders, ShopServer

pytestmark = pytest.mark.django_db


def folder(number: int, parent: int | None) -> dict[str, object]:
    """Return a folder as the shop sends it."""
    return {"id": number, "name": f"Folder {number}", "parent": parent}


def parents() -> dict[str, str | None]:
    """Return the ids of folders and of what they are in."""
    ids = dict(FolderBinding.objects.values_list("record_id", "external_id"))
    return {ids[key]: ids.get(parent) for key, parent in Folder.objects.values_list("pk", "parent_id")}


def test_a_parent_on_the_same_page_is_not_read_again(shop: ShopServer, connection: Connection) -> None:
    """A chain in the wrong order costs no call, however long."""
    shop.page_size = 60
    shop.put("folders", *(folder(number, number + 1) for number in range(1, 50)), folder(50, None))

    run = Folders.sync(connection, wait=True)

    assert shop.asked == ["/folders"]
    assert (run.state, run.summary) == (RunState.COMPLETED, "50 created, 0 updated, 0 unchanged")
    assert parents() == {str(child): str(parent) for child, parent in pairwise(range(1, 51))} | {"50": None}


def test_a_parent_on_a_later_page_is_read_first_and_counted_once(shop: ShopServer, connection: Connection) -> None:
    """It is created with the page that needs it, and its own page does not count it as unchanged."""
    shop.put("folders", *(folder(number, 25 if number < 11 else None) for number in range(1, 26)))

    run = Folders.sync(connection, wait=True)

    assert shop.asked == ["/folders", "/folders/25", "/folders?page=2", "/folders?page=3"]
    assert (run.fetched, run.summary) == (25, "25 created, 0 updated, 0 unchanged")
    assert Folder.objects.filter(parent__name="Folder 25").count() == 10


def test_the_next_run_needs_nothing(shop: ShopServer, connection: Connection) -> None:
    """All that is referred to is known."""
    shop.put("folders", folder(1, 3), folder(2, 1), folder(3, None))
    Folders.sync(connection, wait=True)
    shop.asked.clear()

    assert Folders.sync(connection, wait=True).summary == "0 created, 0 updated, 3 unchanged"
    assert shop.asked == ["/folders"]


def test_a_circle_is_set_aside_and_the_others_arrive(shop: ShopServer, connection: Connection) -> None:
    """Which of them would come first?"""
    shop.put("folders", folder(1, 2), folder(2, 1), folder(3, 3), folder(4, 1), folder(5, None))

    run = Folders.sync(connection, wait=True)

    assert (run.state, run.created, run.problems) == (RunState.COMPLETED_WITH_PROBLEMS, 1, 4)
    assert list(Problem.objects.order_by("external_id").values_list("external_id", flat=True)) == ["1", "2", "3", "4"]
