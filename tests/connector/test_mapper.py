"""The mapper translates a service's record, by declaration."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dovetail.connector.convert import Cents, Timestamp
from dovetail.connector.mapper import LOCAL, Field, Mapper, Reference, References, mapping
from dovetail.core.errors import ProgrammingMistake, RecordProblem
from tests.connector.app.models import Item, ItemBinding, Maker, MakerBinding, TagBinding


class ItemMapper(Mapper):
    """Everything that a mapper can declare."""

    name = Field("title")
    sku = Field("code", default="none")
    price = Field("price_cents", convert=Cents())
    quantity = Field("stock.count")
    shelf = Field("stock.shelf", default=None)
    maker = Reference("maker.id", MakerBinding)
    tags = References("tags", TagBinding, each="id")

    @mapping(changed_by=("text",))
    def texts(self, source: Any) -> dict[str, Any]:
        return {"note": source["text"].strip()}


SOURCE = {
    "title": "Bean",
    "code": "B-1",
    "price_cents": 1250,
    "stock": {"count": 0, "shelf": "A3"},
    "maker": {"id": 0},
    "tags": [{"id": 7}, {"id": "8"}, {"id": 7}],
    "text": " Strong ",
}


def reasons_for(mapper: Mapper, source: dict[str, Any]) -> dict[str, str]:
    """Return why a record cannot be translated."""
    with pytest.raises(RecordProblem) as caught:
        mapper.to_internal(source)
    return caught.value.reasons


def test_a_record_is_translated_as_declared() -> None:
    """Values, references and extras each have their place."""
    mapped = ItemMapper(ItemBinding).to_internal(SOURCE)

    assert mapped.values == {"name": "Bean", "sku": "B-1", "price": Decimal("12.50"), "quantity": 0, "note": "Strong"}
    assert mapped.extras == {"shelf": "A3"}
    assert mapped.references == {"maker": (MakerBinding, "0")}
    assert mapped.reference_lists == {"tags": (TagBinding, ("7", "8"))}


def test_a_missing_key_is_told_from_a_falsy_value() -> None:
    """Null, nought and the empty text are values; only a key that is not there is missing."""
    falsy = SOURCE | {"title": "", "code": None, "price_cents": 0}

    values = ItemMapper().to_internal(falsy).values

    assert (values["name"], values["sku"], values["price"]) == ("", None, Decimal("0.00"))
    missing = {key: value for key, value in SOURCE.items() if key not in {"title", "code", "stock"}}
    assert reasons_for(ItemMapper(), missing) == {
        "name": "“title” is missing in the record.",
        "quantity": "“stock.count” is missing in the record.",
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_on_the_way_of_a_path_is_null(nothing: Any) -> None:
    """An object that a service leaves empty has no id either."""
    mapped = ItemMapper().to_internal(SOURCE | {"maker": nothing, "tags": nothing})

    assert mapped.references["maker"] == (MakerBinding, None)
    assert mapped.reference_lists["tags"] == (TagBinding, ())


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"price_cents": "12.5"}, {"price": 'Expected a whole number of the smallest coin, got "12.5".'}),
        ({"maker": {"id": {"a": 1}}}, {"maker": 'Expected an id, got {"a": 1}.'}),
        ({"maker": {"id": True}}, {"maker": "Expected an id, got true."}),
        ({"tags": "7"}, {"tags": 'Expected a list of ids, got "7".'}),
        ({"tags": [7]}, {"tags": "Expected an id, got null."}),
        ({"text": None}, {"texts": "The record cannot be translated: 'NoneType' object has no attribute 'strip'."}),
    ],
)
def test_what_cannot_be_translated_is_named_with_its_reason(change: dict[str, Any], reasons: dict[str, str]) -> None:
    """The reasons stand by field, in sentences."""
    assert reasons_for(ItemMapper(), SOURCE | change) == reasons


def test_a_method_that_misses_a_key_sets_the_record_aside() -> None:
    """A bad record is no programming mistake."""
    source = {key: value for key, value in SOURCE.items() if key != "text"}

    assert reasons_for(ItemMapper(), source) == {"texts": "“text” is missing in the record."}


def test_a_method_that_returns_no_dict_is_a_mistake() -> None:
    """The code must change, not the record."""

    class Wrong(Mapper):
        @mapping()
        def words(self, source: Any) -> Any:
            return "words"

    with pytest.raises(ProgrammingMistake, match=r"Wrong\.words\(\) must return a dict or None"):
        Wrong().to_internal({})


def test_a_method_may_return_nothing() -> None:
    """None adds no value."""

    class Silent(Mapper):
        @mapping()
        def words(self, source: Any) -> None:
            return None

    assert Silent().to_internal({}).values == {}


def test_a_local_field_is_not_imported() -> None:
    """Our side's value holds."""

    class Priced(Mapper):
        name = Field("name")
        price = Field("price", source_of_truth=LOCAL)

    assert Priced().to_internal({"name": "Bean"}).values == {"name": "Bean"}


def test_a_subclass_adds_replaces_and_takes_away_without_touching_its_base() -> None:
    """Declarations accumulate over inheritance and never leak to a sibling."""

    class Short(ItemMapper):
        name = Field("name")
        maker = None
        note = Field("note")
        texts = None

    class Loud(ItemMapper):
        def texts(self, source: Any) -> dict[str, Any]:
            return {"note": source["text"].upper()}

    assert Short.declarations["name"].source_path == "name"
    assert "maker" not in Short.declarations
    assert Short.methods == ()
    assert ItemMapper.declarations["name"].source_path == "title"
    assert "note" not in ItemMapper.declarations
    assert Loud().to_internal(SOURCE).values["note"] == " STRONG "


def test_the_binding_models_that_are_referred_to_are_listed_once() -> None:
    """A stream depends on the streams of these."""
    assert ItemMapper.references() == [MakerBinding, TagBinding]


def test_a_mapper_that_fits_its_models_has_no_problems() -> None:
    """Methods may fill what is required."""
    assert ItemMapper.problems(Item, ItemBinding) == []


def test_what_does_not_fit_the_models_is_told_before_the_first_record() -> None:
    """Unknown targets, wrong kinds and forgotten fields."""

    class Wrong(Mapper):
        name = Reference("maker", MakerBinding)
        maker = Reference("tag", TagBinding)
        tags = Field("tags")
        colour = Field("colour")
        content_hash = Field("hash")

    assert Wrong.problems(Item, ItemBinding) == [
        "Wrong.name: “name” is not a foreign key.",
        "Wrong.maker: “maker” points to connector_app.Maker, not to connector_app.Tag.",
        "Wrong.tags: “tags” of connector_app.Item is not a plain field.",
        "Wrong.colour: connector_app.Item has no field “colour”, and its binding has none to fill.",
        "Wrong.content_hash: connector_app.Item has no field “content_hash”, and its binding has none to fill.",
        "Wrong fills no “sku”, which connector_app.Item requires.",
    ]
    assert Wrong.problems(Maker, MakerBinding)[0] == "Wrong.name: “name” is not a foreign key."


def test_cents_and_timestamps_go_both_ways() -> None:
    """What came in goes out again."""
    moment = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)

    assert Cents().to_internal(-5) == Decimal("-0.05")
    assert Cents().to_external(Decimal("-0.05")) == -5
    assert Cents(places=0).to_internal(500) == Decimal(500)
    assert Timestamp().to_internal(1769851800) == moment
    assert Timestamp().to_external(moment) == 1769851800
    with pytest.raises(ValueError, match="at most 2 decimal places"):
        Cents().to_external(Decimal("0.001"))
    with pytest.raises(ValueError, match="years 1 to 9999"):
        Timestamp().to_internal(10**15)
