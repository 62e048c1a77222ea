"""When to try again, and when to give up."""

import functools
import inspect
import random as random_numbers
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec, TypeVar

from dovetail.core import clock
from dovetail.core.errors import ProgrammingMistake, TransientError

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """
    Decides after each failure how long to wait before the next attempt.

    It holds no state and reads no clock, so calls and jobs share it.
    """

    attempts: int = 4
    """How often to try in all, the first time included."""
    base_delay: timedelta = timedelta(seconds=0.5)
    """The longest wait after the first failure; it doubles with each further one."""
    max_delay: timedelta = timedelta(seconds=30)
    """Where the doubling ends."""
    max_wait: timedelta = timedelta(seconds=30)
    """The longest wait that a service may ask for; if it asks for more, give up at once."""
    exceptions: tuple[type[Exception], ...] = (TransientError,)
    """Errors after which another attempt makes sense."""

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ProgrammingMistake(f"A retry policy makes at least one attempt, not {self.attempts}.")

    def delay(
        self, attempt: int, error: Exception, random: Callable[[], float] = random_numbers.random
    ) -> timedelta | None:
        """
        Say how long to wait before the next attempt.

        Args:
            attempt: How many attempts were made; 1 after the first failure.
            error: Why the last one failed. Its ``retry_after`` is obeyed: the wait is never shorter.
            random: Returns a number from 0 up to 1; the waits of many callers spread by it.
        Returns:
            The wait, or None to give up: the attempts are used up, the error is final, or the service asks for a
            longer wait than ``max_wait``.
        Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: full jitter.
        """
        if attempt >= self.attempts or not isinstance(error, self.exceptions):
            return None
        asked: timedelta | None = getattr(error, "retry_after", None)
        if asked is None:
            return random() * self._ceiling(attempt)
        return None if asked > self.max_wait else asked + random() * self.base_delay

    def _ceiling(self, attempt: int) -> timedelta:
        doublings = min(attempt - 1, 40)  # beyond that every sensible delay is at its end
        seconds = self.base_delay.total_seconds() * 2**doublings
        return timedelta(seconds=min(seconds, self.max_delay.total_seconds()))


def retry_with_backoff(
    max_retries: int = 3,
    base_delay: float = 1.0,
    exceptions: tuple[type[Exception], ...] = (TransientError,),
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Let a function be called again when it fails in a way that may pass.

    Args:
        max_retries: How often to call in all, the first time included, as in the pattern that this replaces.
        base_delay: Seconds; the longest wait after the first failure, doubling with each further one.
        exceptions: Errors after which another attempt makes sense.
    Returns:
        A decorator. The decorated function raises the last error when it gives up.
    Raises:
        ProgrammingMistake: the function is a coroutine function, which this cannot call.
    """
    policy = RetryPolicy(attempts=max_retries, base_delay=timedelta(seconds=base_delay), exceptions=exceptions)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if inspect.iscoroutinefunction(function):
            raise ProgrammingMistake(f"retry_with_backoff cannot repeat the coroutine function {function.__name__}.")

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            return _call_again(policy, functools.partial(function, *args, **kwargs))

        return call

    return decorate


def _call_again(policy: RetryPolicy, call: Callable[[], R]) -> R:
    attempt = 0
    while True:
        attempt += 1
        try:
            return call()
        except policy.exceptions as error:
            wait = policy.delay(attempt, error)
            if wait is None:
                raise
        clock.sleep(wait.total_seconds())
