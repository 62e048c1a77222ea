"""Performs what the steps of a call ask for, in the thread of the caller."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import copy_context
from functools import partial
from typing import Any, TypeAlias, TypeVar

import httpx2

from dovetail.clients.effects import Effect, Load, Send, Sleep, Steps, Store
from dovetail.clients.transport import exchange
from dovetail.core import clock
from dovetail.core.state import shared_state

T = TypeVar("T")
Outcome: TypeAlias = Callable[[], Any]


def run(steps: Steps[T], transport: httpx2.BaseTransport) -> T:
    """Perform all steps and return their result; what the steps raise is raised here."""
    return _continue(steps, transport, _nothing)


def run_ahead(steps: Steps[T], transport: httpx2.BaseTransport, executor: Executor) -> Callable[[], T]:
    """
    Begin a call now and finish it when its result is asked for.

    Only the first request is sent from the executor. All else, the database behind the shared state above all, is
    touched by the caller's thread alone.

    Returns:
        A function that finishes the call and returns its result, or raises what the steps raise.
    """
    try:
        effect = _advance(steps, _nothing)
        while isinstance(effect, Load):
            effect = _advance(steps, partial(_perform, effect, transport))
    except Exception as error:  # noqa: BLE001 -- it is raised when the result is asked for, as if the call began then
        return partial(_fail, error)
    outcome = partial(_perform, effect, transport)
    if isinstance(effect, Send):
        outcome = partial(executor.submit(copy_context().run, outcome).result)
    return partial(_continue, steps, transport, outcome)


def _continue(steps: Steps[T], transport: httpx2.BaseTransport, outcome: Outcome) -> T:
    while True:
        try:
            effect = _advance(steps, outcome)
        except StopIteration as end:
            result: T = end.value
            return result
        outcome = partial(_perform, effect, transport)


def _advance(steps: Steps[Any], outcome: Outcome) -> Effect:
    try:
        value = outcome()
    except Exception as error:  # noqa: BLE001 -- the steps decide what an error means
        failure = error
    else:
        return steps.send(value)
    return steps.throw(failure)  # outside the handler, so that nothing is chained to what the steps raise


def _perform(effect: Effect, transport: httpx2.BaseTransport) -> Any:
    match effect:
        case Send():
            return exchange(transport, effect.request, effect.timeout)
        case Sleep():
            clock.sleep(effect.seconds)
        case Load():
            return shared_state().get(effect.key)
        case Store():
            shared_state().set(effect.key, effect.value, effect.ttl)
    return None


def _nothing() -> None:
    """Be the outcome before the first effect."""


def _fail(error: Exception) -> Any:
    raise error
