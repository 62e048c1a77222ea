"""A walk through all pages, from any of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Protocol, TypeAlias

import httpx2

from dovetail.clients.answers import Answer
from dovetail.clients.driver import run, run_ahead
from dovetail.clients.effects import Steps
from dovetail.clients.paging.paginator import Contents, Paginator, Place

Fetched: TypeAlias = Callable[[], Answer]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list."""

    items: list[Any]
    resume: str | None
    """The token of the next page, to go on there another time; None on the last page. It holds no credentials."""
    number: int
    """Counted from 1 in this walk."""
    total: int | None
    """How many items there are on all pages, if the service says so."""


class Caller(Protocol):
    """What a walk needs of a client."""

    transport: httpx2.BaseTransport

    def steps(self, method: str, target: str, *, params: Mapping[str, Any] | None = None) -> Steps[Answer]:
        """Return the steps of a call."""

    def shorten(self, url: str) -> str:
        """Return a URL in the form in which it may be kept."""


class Pages(Iterable[Any]):
    """
    All items of a list, page by page; nothing is asked for before the first one is.

    Iterating gives the items; every iteration begins anew.

    Args:
        caller: The client.
        paginator: The style of paging.
        target: The path of the list.
        params: Its parameters.
        resume: The token of the page to begin with.
        is_prefetching: Whether the next page is read while the caller works on this one.
    """

    def __init__(
        self,
        caller: Caller,
        paginator: Paginator,
        target: str,
        params: Mapping[str, Any],
        *,
        resume: str | None,
        is_prefetching: bool,
    ) -> None:
        self._caller = caller
        self._paginator = paginator
        self._target = target
        self._params = params
        self._resume = resume
        self._is_prefetching = is_prefetching

    def __iter__(self) -> Iterator[Any]:
        for page in self.by_page():
            yield from page.items

    def by_page(self) -> Iterator[Page]:
        """
        Walk page by page.

        Raises:
            ExternalServiceError: as the client does. The last page's `resume` is where to go on.
            UnexpectedAnswer: the service repeats a page, so that the walk would never end.
        """
        with self._executor() as executor:
            guard = _LoopGuard()
            place, fetched = self._open(self._resume, executor)
            for number in count(1):
                answer = fetched()
                contents = self._paginator.read(answer)
                token = self._next_token(place, answer, contents)
                guard.check(answer, place.token, contents)
                if token is not None:
                    place, fetched = self._open(token, executor)
                yield Page(items=contents.items, resume=token, number=number, total=contents.total)
                if token is None:
                    return

    def _open(self, token: str | None, executor: Executor | None) -> tuple[Place, Fetched]:
        place = self._paginator.first(self._target, self._params, token)
        steps = self._caller.steps("GET", place.target, params=place.params)
        if executor is None:
            return place, partial(run, steps, self._caller.transport)
        return place, run_ahead(steps, self._caller.transport, executor)

    def _next_token(self, place: Place, answer: Answer, contents: Contents) -> str | None:
        token = self._paginator.next(place, answer, contents)
        return None if token is None else self._caller.shorten(token)

    @contextmanager
    def _executor(self) -> Iterator[Executor | None]:
        if not self._is_prefetching:
            yield None
            return
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dovetail-next-page")
        try:
            yield executor
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


class _LoopGuard:
    """Notices a service that never comes to an end."""

    def __init__(self) -> None:
        self._tokens: set[str | None] = set()
        self._items: list[Any] = []

    def check(self, answer: Answer, token: str | None, contents: Contents) -> None:
        is_same = bool(contents.items) and isinstance(contents.items[0], dict) and contents.items == self._items
        if token in self._tokens or is_same:
            raise answer.unexpected("the service repeats a page instead of going on")
        self._tokens.add(token)
        self._items = contents.items
