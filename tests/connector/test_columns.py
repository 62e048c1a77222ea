"""Columns check values as their fields do, and say in words what does not fit."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from dovetail.connector.unfit import Unfit
from dovetail.connector.writer.columns import Column, column_of
from dovetail.core.errors import UnknownName
from tests.connector.app.models import Item, Ticket


def column(name: str, model: type[models.Model] = Item) -> Column:
    """Return a column of a model of the test app."""
    return column_of(model, name, connection)


def reason(name: str, value: Any, model: type[models.Model] = Item) -> str:
    """Return why a value does not fit."""
    with pytest.raises(Unfit) as caught:
        column(name, model).prepare(value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "value", "prepared"),
    [
        ("name", "Bean", "Bean"),
        ("name", "", ""),
        ("name", 7, "7"),
        ("quantity", 0, 0),
        ("quantity", "7", 7),
        ("quantity", 7.0, 7),
        ("is_active", False, False),
        ("is_active", "True", True),
        ("price", 12.34, "12.34"),
        ("price", "1e1", "10.00"),
        ("price", 0, "0.00"),
        ("price", Decimal("12.500"), "12.50"),
        ("updated_at", None, None),
        ("payload", None, None),
        ("payload", "text", '"text"'),
        ("payload", {"b": 1, "a": [None]}, '{"b":1,"a":[null]}'),
        ("payload", "\\u0000", '"\\\\u0000"'),
        ("maker", None, None),
        ("maker", 5, 5),
    ],
)
def test_values_are_prepared(name: str, value: Any, prepared: Any) -> None:
    """What services send becomes what a page carries."""
    assert column(name).prepare(value) == prepared


def test_equal_moments_are_prepared_equally() -> None:
    """Their hash must not differ because a service changed its zone."""
    prepare = column("updated_at").prepare
    texts = ["2026-01-31T09:30:00Z", "2026-01-31T10:30:00+01:00", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)]

    assert len({prepare(text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", None, "Expected text of at most 200 characters, got null."),
        ("name", {"a": 1}, 'Expected text of at most 200 characters, got {"a": 1}.'),
        ("name", "a\0b", 'Expected text without NUL and without half characters, got "a\\u0000b".'),
        ("name", "\ud800", 'Expected text without NUL and without half characters, got "\\ud800".'),
        ("quantity", -1, "Ensure this value is greater than or equal to 0. Got -1."),
        ("quantity", 1.5, "Expected a whole number, got 1.5."),
        ("quantity", "many", 'Expected a whole number, got "many".'),
        ("quantity", [], "Expected a whole number, got []."),
        ("price", "12.345", 'Expected a number of at most 10 digits, 2 of them behind the point, got "12.345".'),
        ("price", "NaN", 'Expected a number of at most 10 digits, 2 of them behind the point, got "NaN".'),
        ("price", 10**9, "Expected a number of at most 10 digits, 2 of them behind the point, got 1000000000."),
        ("is_active", "maybe", 'Expected true or false, got "maybe".'),
        (
            "updated_at",
            "2026-01-31T09:30:00",
            'Expected a time with its time zone, such as 2026-01-31T09:30:00Z, got "2026-01-31T09:30:00".',
        ),
        ("updated_at", 5, "Expected a time with its time zone, such as 2026-01-31T09:30:00Z, got 5."),
        ("payload", float("nan"), "Expected a JSON value, got NaN."),
        ("payload", ["\0"], 'Expected text without NUL and without half characters, got ["\\u0000"].'),
        ("maker", "x", 'Expected a whole number, got "x".'),
    ],
)
def test_what_does_not_fit_is_said_in_words(name: str, value: Any, said: str) -> None:
    """What was expected, and what came."""
    assert reason(name, value) == said


def test_a_long_value_is_shortened_in_the_reason() -> None:
    """A page of text helps nobody."""
    said = reason("name", "x" * 500)

    assert said.startswith("Ensure this value has at most 200 characters (it has 500). Got ")
    assert said.endswith("x…."), said
    assert len(said) < 150


@pytest.mark.parametrize(
    ("name", "value", "prepared"),
    [
        ("urgency", "soon", "soon"),
        ("email", "", ""),
        ("email", "a@example.com", "a@example.com"),
        ("due", "2026-01-31", "2026-01-31"),
        ("due", date(2026, 1, 31), "2026-01-31"),
    ],
)
def test_fields_of_their_own_kind_go_their_own_way(name: str, value: Any, prepared: Any) -> None:
    """Choices, validators and kinds without a fast path."""
    assert column(name, Ticket).prepare(value) == prepared


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("urgency", "now", 'Expected one of soon, later, got "now".'),
        ("email", "nobody", 'Enter a valid email address. Got "nobody".'),
        ("due", "31.1.2026", 'Expected a date, such as 2026-01-31, got "31.1.2026".'),
        ("token", "x", 'Expected a UUID, got "x".'),
    ],
)
def test_their_own_rules_hold(name: str, value: Any, said: str) -> None:
    """What the field refuses is refused."""
    assert reason(name, value, Ticket) == said


def test_an_unknown_column_is_a_mistake() -> None:
    """With the names that there are."""
    with pytest.raises(UnknownName, match=r"There is no plain field of connector_app\.Item 'tags'"):
        column("tags")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2026-01-31", "12.50", "7"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(value=JSON_VALUES)
@pytest.mark.parametrize("name", ["name", "note", "quantity", "is_active", "updated_at", "payload"])
def test_whatever_a_column_takes_its_field_takes_too(name: str, value: Any) -> None:
    """A fast path may refuse more than the field, never less; and what it returns can always travel."""
    field: Any = Item._meta.get_field(name)
    try:
        prepared = column(name).prepare(value)
    except Unfit:
        return

    assert json.loads(json.dumps(prepared, allow_nan=False)) == prepared
    assert value is not None or field.null
    if value not in field.empty_values:
        try:
            field.clean(value, None)
        except ValidationError as error:  # pragma: no cover -- only when the test fails
            pytest.fail(f"{name} took {value!r}, which its field refuses: {error}")
