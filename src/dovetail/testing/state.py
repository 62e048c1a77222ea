"""What every shared state must keep; run it for your own::

class TestMyState(SharedStateContract):
    def make_state(self):
        return MyState()
"""

from datetime import timedelta

from dovetail.core.clock import use_clock
from dovetail.core.state import SharedState
from dovetail.testing.clock import FrozenClock

MINUTE = timedelta(minutes=1)


class SharedStateContract:
    """The promises of ``dovetail.core.state.SharedState``, one test each."""

    def make_state(self) -> SharedState:
        """Return a state that is empty."""
        raise NotImplementedError

    def test_an_unknown_key_has_no_value(self) -> None:
        assert self.make_state().get("nothing") is None

    def test_a_value_is_kept_and_replaced(self) -> None:
        state = self.make_state()
        state.set("key", "first", None)
        state.set("key", "second", MINUTE)
        assert state.get("key") == "second"

    def test_an_empty_value_is_a_value(self) -> None:
        state = self.make_state()
        state.set("key", "", None)
        assert state.get("key") == ""
        assert not state.add("key", "other", None)

    def test_keys_are_compared_by_their_bytes(self) -> None:
        state = self.make_state()
        state.set("Ab", "1", None)
        assert state.get("aB") is None
        assert state.get("Ab ") is None

    def test_a_value_ends_with_its_time(self) -> None:
        with use_clock(FrozenClock()) as clock:
            state = self.make_state()
            state.set("key", "value", MINUTE)
            clock.sleep(59.9)
            assert state.get("key") == "value"
            clock.sleep(0.1)
            assert state.get("key") is None

    def test_add_stores_only_where_nothing_is(self) -> None:
        state = self.make_state()
        assert state.add("key", "first", MINUTE)
        assert not state.add("key", "second", MINUTE)
        assert state.get("key") == "first"

    def test_add_stores_where_the_time_of_a_value_is_over(self) -> None:
        with use_clock(FrozenClock()) as clock:
            state = self.make_state()
            state.set("key", "first", MINUTE)
            clock.sleep(60)
            assert state.add("key", "second", MINUTE)
            assert state.get("key") == "second"

    def test_compare_and_set_stores_only_over_the_expected_value(self) -> None:
        state = self.make_state()
        state.set("key", "first", None)
        assert not state.compare_and_set("key", "other", "second", None)
        assert not state.compare_and_set("key", None, "second", None)
        assert state.get("key") == "first"
        assert state.compare_and_set("key", "first", "second", None)
        assert state.get("key") == "second"

    def test_compare_and_set_from_nothing_is_add(self) -> None:
        state = self.make_state()
        assert state.compare_and_set("key", None, "first", None)
        assert not state.compare_and_set("key", None, "second", None)

    def test_compare_and_set_does_not_see_a_value_whose_time_is_over(self) -> None:
        with use_clock(FrozenClock()) as clock:
            state = self.make_state()
            state.set("key", "first", MINUTE)
            clock.sleep(60)
            assert not state.compare_and_set("key", "first", "second", MINUTE)
            assert state.compare_and_set("key", None, "second", MINUTE)

    def test_a_deleted_value_is_gone(self) -> None:
        state = self.make_state()
        state.set("key", "value", None)
        state.delete("key")
        state.delete("key")
        assert state.get("key") is None
