"""When to try again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dovetail.core.errors import AuthenticationFailed, ProgrammingMistake, RateLimited, TimedOut
from dovetail.core.retry import RetryPolicy, retry_with_backoff
from dovetail.testing.clock import FrozenClock, use_clock

SECOND = timedelta(seconds=1)


def most() -> float:
    return 1.0


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 1), attempts=st.integers(1, 20_000))
def test_the_wait_spreads_from_nothing_to_a_doubling_ceiling(attempt: int, chance: float, attempts: int) -> None:
    policy = RetryPolicy(attempts=attempts)
    wait = policy.delay(attempt, TimedOut(), lambda: chance)
    if attempt >= attempts:
        assert wait is None
    else:
        assert wait is not None
        ceiling = min(0.5 * 2.0 ** min(attempt - 1, 100), 30)
        assert wait.total_seconds() == pytest.approx(chance * ceiling, abs=1e-6)


def test_the_ceiling_doubles_up_to_its_end() -> None:
    policy = RetryPolicy(attempts=10, base_delay=SECOND, max_delay=5 * SECOND)
    assert [policy.delay(n, TimedOut(), most) for n in range(1, 6)] == [n * SECOND for n in (1, 2, 4, 5, 5)]


def test_after_the_last_attempt_it_gives_up() -> None:
    policy = RetryPolicy(attempts=2)
    assert policy.delay(1, TimedOut(), most) is not None
    assert policy.delay(2, TimedOut(), most) is None


@pytest.mark.parametrize("error", [AuthenticationFailed(), ValueError()])
def test_an_error_that_does_not_pass_is_final(error: Exception) -> None:
    assert RetryPolicy().delay(1, error, most) is None


def test_a_policy_may_name_other_errors() -> None:
    assert RetryPolicy(exceptions=(KeyError,)).delay(1, KeyError(), most) is not None


@given(seconds=st.floats(0, 30), chance=st.floats(0, 1))
def test_it_never_tries_earlier_than_the_service_asks(seconds: float, chance: float) -> None:
    asked = timedelta(seconds=seconds)
    wait = RetryPolicy().delay(1, RateLimited(retry_after=asked), lambda: chance)
    assert wait is not None
    assert asked <= wait <= asked + timedelta(seconds=0.5)


def test_a_wait_that_is_too_long_is_for_the_caller() -> None:
    assert RetryPolicy().delay(1, RateLimited(retry_after=31 * SECOND), most) is None


def test_a_policy_without_attempts_is_a_mistake() -> None:
    with pytest.raises(ProgrammingMistake):
        RetryPolicy(attempts=0)


def test_a_decorated_function_is_called_again_until_it_succeeds() -> None:
    calls = []

    @retry_with_backoff(max_retries=3, base_delay=1.0)
    def fetch(word: str) -> str:
        calls.append(word)
        if len(calls) < 3:
            raise TimedOut("too slow")
        return word.upper()

    with use_clock(FrozenClock()) as clock:
        assert fetch("a") == "A"
    assert calls == ["a", "a", "a"]
    assert len(clock.sleeps) == 2
    assert clock.sleeps[0] <= 1
    assert clock.sleeps[1] <= 2
    assert fetch.__name__ == "fetch"


def test_a_decorated_function_raises_its_last_error() -> None:
    calls = []

    @retry_with_backoff(max_retries=2, exceptions=(KeyError,))
    def fetch() -> None:
        calls.append(1)
        raise KeyError(len(calls))

    with use_clock(FrozenClock()), pytest.raises(KeyError, match="2"):
        fetch()


def test_a_decorated_function_raises_other_errors_at_once() -> None:
    @retry_with_backoff()
    def fetch() -> None:
        raise AuthenticationFailed("no")

    with use_clock(FrozenClock()) as clock, pytest.raises(AuthenticationFailed):
        fetch()
    assert clock.sleeps == []


def test_a_coroutine_function_is_refused() -> None:
    with pytest.raises(ProgrammingMistake, match="coroutine function fetch"):

        @retry_with_backoff()
        async def fetch() -> None: ...
