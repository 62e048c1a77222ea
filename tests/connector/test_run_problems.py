"""A record that does not fit is set aside with its payload and the reason; the others arrive; Retry works."""

from collections.abc import Iterator

import pytest

from dovetail.connector.convert import Cents
from dovetail.connector.mapper import Field
from dovetail.connector.problem import Problem, ProblemState
from dovetail.connector.run import RunState
from dovetail.connector.start import start_run
from dovetail.integrations.models import Connection
from dovetail.testing.jobs import run_jobs
from tests.connector.app.models import Item, ItemBinding
from tests.connector.shop import ItemAdapter, ItemMapper, Items, ShopServer, item

pytestmark = pytest.mark.django_db


class TolerantMapper(ItemMapper):
    """The mapper, mended: an item without a price is free."""

    price = Field("cents", convert=Cents(), default=0)


@pytest.fixture
def mend() -> Iterator[object]:
    """Return what puts the mended mapper in."""
    yield lambda: setattr(Items, "mapper", TolerantMapper)
    Items.mapper = ItemMapper


def without_price(number: int) -> dict[str, object]:
    """Return an item that does not fit."""
    record = item(number, title="Thé")
    del record["cents"]
    return record


def test_a_bad_record_is_set_aside_and_the_others_arrive(shop: ShopServer, connection: Connection) -> None:
    """The problem holds what the service sent and a reason for the field."""
    shop.put_items(25)
    shop.put("items", without_price(13))

    run = Items.sync(connection, wait=True)

    assert (run.state, run.created, run.problems) == (RunState.COMPLETED_WITH_PROBLEMS, 24, 1)
    assert run.summary == "24 created, 0 updated, 0 unchanged, 1 problem"
    problem = Problem.objects.get()
    assert (problem.external_id, problem.stream, problem.run) == ("13", "items", run)
    assert problem.reasons == {"price": "“cents” is missing in the record."}
    assert '"title": "Thé"' in problem.payload_text


def test_a_value_that_the_model_refuses_is_told_by_its_field(shop: ShopServer, connection: Connection) -> None:
    """Not the mapper but the model's own rule."""
    shop.put("items", item(1), item(2, quantity=-3), item(3, sku="x" * 51))

    Items.sync(connection, wait=True)

    reasons = {problem.external_id: problem.reasons for problem in Problem.objects.all()}
    assert [list(reasons["2"]), list(reasons["3"])] == [["quantity"], ["sku"]]
    assert "-3" in reasons["2"]["quantity"]


def test_a_problem_seen_again_is_counted_and_not_doubled(shop: ShopServer, connection: Connection) -> None:
    """One row for each record, with the newest payload."""
    shop.put("items", without_price(1))
    Items.sync(connection, wait=True)
    shop.records["items"]["1"]["sku"] = "changed"

    Items.sync(connection, wait=True)

    problem = Problem.objects.get()
    assert problem.occurrences == 2
    assert "changed" in problem.payload_text


def test_retry_works_after_the_mapping_is_mended(shop: ShopServer, connection: Connection, mend: object) -> None:
    """Only the record is read again; then its problem is solved."""
    shop.put_items(25)
    shop.put("items", without_price(13))
    Items.sync(connection, wait=True)
    shop.asked.clear()

    start_run(Items, connection, chosen_ids=["13"])
    run_jobs()
    assert Problem.objects.get().state == ProblemState.OPEN

    mend()  # type: ignore[operator] # a fixture
    run = start_run(Items, connection, chosen_ids=["13"])
    run_jobs()

    run.refresh_from_db()
    assert (run.state, run.created, run.total) == (RunState.COMPLETED, 1, 1)
    assert Problem.objects.get().state == ProblemState.SOLVED
    assert ItemBinding.objects.get(external_id="13").record.price == 0
    assert shop.asked == ["/items/13", "/items/13"]


def test_a_run_over_all_records_solves_what_fits_now(shop: ShopServer, connection: Connection) -> None:
    """The service was corrected, not the mapping."""
    shop.put("items", item(1), without_price(2))
    Items.sync(connection, wait=True)

    shop.put("items", item(2))
    run = Items.sync(connection, wait=True)

    assert run.state == RunState.COMPLETED
    assert Problem.objects.get().state == ProblemState.SOLVED


def test_a_problem_is_solved_when_the_service_has_its_record_no_more(shop: ShopServer, connection: Connection) -> None:
    """There is nothing left to bring in."""
    shop.put("items", without_price(1))
    Items.sync(connection, wait=True)
    shop.records["items"].clear()

    start_run(Items, connection, chosen_ids=["1"])
    run_jobs()

    assert Problem.objects.get().state == ProblemState.SOLVED


def test_many_chosen_records_go_in_pages(shop: ShopServer, connection: Connection) -> None:
    """A retry of all resumes like any run."""
    shop.put_items(25)
    run = start_run(Items, connection, chosen_ids=[str(number) for number in range(1, 26)])
    run_jobs()

    run.refresh_from_db()
    assert (run.state, run.pages, run.created) == (RunState.COMPLETED, 3, 25)


def test_a_record_without_an_id_is_set_aside(shop: ShopServer, connection: Connection) -> None:
    """It cannot be named, so its content names it."""
    shop.records["items"] = {"a": {**item(1), "id": None}, "b": item(2)}

    run = Items.sync(connection, wait=True)

    assert (run.created, run.problems) == (1, 1)
    assert Problem.objects.get().reasons == {"id": "The record has no id."}


def test_an_adapter_s_mistake_on_one_record_sets_that_record_aside(shop: ShopServer, connection: Connection) -> None:
    """The trace says where it failed."""

    class Fragile(ItemAdapter):
        def external_id(self, record: object) -> str:
            if record["id"] == 2:  # type: ignore[index] # a dict
                raise RuntimeError("boom")
            return super().external_id(record)  # type: ignore[arg-type] # a dict

    shop.put_items(3)
    Items.adapter = Fragile
    try:
        run = Items.sync(connection, wait=True)
    finally:
        Items.adapter = ItemAdapter

    problem = Problem.objects.get()
    assert (run.created, Item.objects.count()) == (2, 2)
    assert problem.reasons == {"": "RuntimeError: boom"}
    assert "in external_id" in problem.trace


def test_a_payload_that_no_database_holds_as_text_is_kept(shop: ShopServer, connection: Connection) -> None:
    """NUL and huge numbers are bytes of a payload like any other."""
    shop.put("items", item(1, title="a\x00b", quantity=10**30))

    Items.sync(connection, wait=True)

    problem = Problem.objects.get()
    assert {"name", "quantity"} <= set(problem.reasons)
    assert r"a\u0000b" in problem.payload_text
