"""The small things that every room stands on: errors, registries, rooms, the clock."""

from datetime import UTC, datetime, timedelta

import pytest

import dovetail
from dovetail.core import clock, errors
from dovetail.core.registry import Registry
from dovetail.testing.clock import FrozenClock, use_clock


def test_every_error_is_drawn_in_the_tree_and_says_one_sentence() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    ours = [kind for kind in kinds if kind.__module__ == errors.__name__]
    for kind in ours:
        assert kind.__name__ in (errors.__doc__ or "")
        assert kind.__doc__


def test_the_default_message_is_the_sentence_of_the_class() -> None:
    assert str(errors.TimedOut()) == "The service did not answer in time."


@pytest.mark.parametrize(
    ("kind", "python"),
    [
        (errors.Unreachable, ConnectionError),
        (errors.TimedOut, TimeoutError),
        (errors.RecordNotFound, LookupError),
        (errors.PermissionRefused, PermissionError),
        (errors.SecretUnreadable, errors.UserActionRequired),
    ],
)
def test_an_error_is_also_what_python_calls_it(kind: type[Exception], python: type[Exception]) -> None:
    assert issubclass(kind, python)


def test_an_error_of_a_service_tells_what_happened() -> None:
    error = errors.RateLimited("Slow down.", service="github", status=429, retry_after=timedelta(seconds=7))
    assert (str(error), error.service, error.status, error.retry_after) == (
        "Slow down.", "github", 429, timedelta(seconds=7),
    )  # fmt: skip


def test_a_record_problem_has_a_reason_for_each_field() -> None:
    error = errors.RecordProblem({"name": "too long", "price": "no number"})
    assert str(error) == "name: too long; price: no number"


def test_a_registry_keeps_order_and_refuses_what_is_double_or_unknown() -> None:
    cups: Registry[object] = Registry("cup")
    first, second = object(), object()
    cups.add("b", first)
    cups.add("a", second)
    cups.add("a", second)

    assert cups.names() == ["b", "a"]
    assert list(cups) == [first, second]
    assert "a" in cups
    with pytest.raises(errors.DuplicateName, match="The cup 'a' is already registered"):
        cups.add("a", first)
    with pytest.raises(errors.UnknownName, match="There is no cup 'c'; known are: a, b"):
        cups.get("c")
    assert cups.remove("a") is second
    assert len(cups) == 1


def test_the_apps_of_a_room_come_with_what_it_needs_in_the_order_of_the_house() -> None:
    assert dovetail.apps("jobs", "clients") == ["dovetail.core", "dovetail.ui", "dovetail.jobs", "dovetail.clients"]
    with pytest.raises(ValueError, match="there is no room 'kitchen'"):
        dovetail.apps("kitchen")


def test_the_clock_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()


def test_a_frozen_clock_moves_only_when_it_is_told() -> None:
    with use_clock(FrozenClock(datetime(2026, 5, 1, tzinfo=UTC))) as frozen:
        start = clock.monotonic()
        clock.sleep(90)
        assert clock.now() == datetime(2026, 5, 1, 0, 1, 30, tzinfo=UTC)
        assert clock.monotonic() == start + 90
        assert frozen.sleeps == [90]
    assert clock.now() > datetime(2026, 5, 2, tzinfo=UTC)
