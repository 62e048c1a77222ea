"""Small values that every process sees."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from dovetail.core.clock import use_clock
from dovetail.core.database_state import DatabaseState
from dovetail.core.errors import ConfigurationError
from dovetail.core.state import MemoryState, SharedState, shared_state
from dovetail.testing.clock import FrozenClock
from dovetail.testing.state import SharedStateContract

MINUTE = timedelta(minutes=1)


class TestMemoryState(SharedStateContract):
    """The reference."""

    def make_state(self) -> SharedState:
        return MemoryState()

    def test_a_value_set_while_another_is_compared_is_not_lost(self) -> None:
        state = self.make_state()
        meddler = threading.Thread(target=state.set, args=("key", "newest", None))

        class MeddlingClock(FrozenClock):
            def now(self) -> datetime:
                if not meddler.ident:
                    meddler.start()
                    meddler.join(0.05)
                return super().now()

        with use_clock(FrozenClock()):
            state.set("key", "first", MINUTE)
        with use_clock(MeddlingClock()):
            assert state.compare_and_set("key", "first", "second", None)
            meddler.join()
        assert state.get("key") == "newest"


@pytest.mark.django_db
class TestDatabaseState(SharedStateContract):
    """A row for each value."""

    def make_state(self) -> SharedState:
        return DatabaseState()

    def test_a_lost_race_leaves_the_transaction_usable(self) -> None:
        state = self.make_state()
        with transaction.atomic():
            state.add("key", "first", None)
            assert not state.add("key", "second", None)
            assert state.get("key") == "first"


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_just_one_adds() -> None:
    _assert_one_wins(lambda state, name: state.add("key", name, MINUTE))


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_just_one_takes_over_a_value_whose_time_is_over() -> None:
    with use_clock(FrozenClock()) as clock:
        DatabaseState().set("key", "old", MINUTE)
        clock.sleep(61)
        _assert_one_wins(lambda state, name: state.add("key", name, MINUTE))


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_just_one_replaces_the_expected_value() -> None:
    DatabaseState().set("key", "old", None)
    _assert_one_wins(lambda state, name: state.compare_and_set("key", "old", name, None))


def _assert_one_wins(attempt: Callable[[SharedState, str], bool]) -> None:
    outcomes: dict[str, bool] = {}
    start = threading.Barrier(5)

    def run(name: str) -> None:
        start.wait()
        try:
            outcomes[name] = attempt(DatabaseState(), name)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(str(number),)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name, won in outcomes.items() if won]
    assert DatabaseState().get("key") == winner


def test_the_setting_chooses_by_alias_or_path(configure: Callable[..., None]) -> None:
    configure({"state.backend": "memory"})
    assert isinstance(shared_state(), MemoryState)
    assert shared_state() is shared_state()
    configure({"state.backend": "dovetail.core.database_state.DatabaseState"})
    assert isinstance(shared_state(), DatabaseState)


def test_a_path_that_leads_nowhere_is_told(configure: Callable[..., None]) -> None:
    configure({"state.backend": "nowhere.State"})
    with pytest.raises(ConfigurationError, match=r"state\.backend names nowhere\.State, which cannot be imported"):
        shared_state()
