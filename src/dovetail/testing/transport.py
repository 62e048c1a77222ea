"""A transport that answers by itself, for tests of clients and of all that calls them."""

import json as json_format
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx2

from dovetail.clients.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that reached the transport, as the service would have seen it."""

    method: str
    url: str
    """Without the query."""
    params: Mapping[str, str | list[str]]
    """A list where a name stands more than once."""
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None if there is no body."""
        return json_format.loads(self.body) if self.body else None


@dataclass(kw_only=True)
class _Reply:
    method: str
    url: str
    params: Mapping[str, str | list[str]]
    status: int
    headers: Mapping[str, str]
    body: bytes
    error: Exception | None
    times: int | None

    def __str__(self) -> str:
        query = f" with {dict(self.params)}" if self.params else ""
        return f"{self.method} {self.url}{query}" + (" (used up)" if self.times == 0 else "")

    def fits(self, call: Call) -> bool:
        is_place = call.url == self.url or httpx2.URL(call.url).path == self.url
        is_query = all(call.params.get(name) == value for name, value in self.params.items())
        return self.times != 0 and self.method == call.method and is_place and is_query

    def give(self) -> Answer:
        if self.times is not None:
            self.times -= 1
        if self.error:
            raise self.error
        return Answer(self.status, headers=self.headers, content=self.body)


@dataclass
class FakeTransport(httpx2.BaseTransport):
    """
    Answers what a test tells it to, and remembers what was asked.

    ::

        fake = FakeTransport()
        fake.add("GET", "/brews", json={"data": []})
        client = CoffeeClient(base_url="https://coffee.example", transport=fake)
    """

    calls: list[Call] = field(default_factory=list)
    """What was asked, oldest first."""
    _replies: list[_Reply] = field(default_factory=list)

    def add(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        text: str | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        error: Exception | None = None,
        times: int | None = None,
    ) -> None:
        """
        Register an answer. Of several that fit, the first that is not used up is given.

        Args:
            url: A path, for any host, or a whole URL. A query in it, like `params`, must be in the request too, which
                may have more.
            json: The body as JSON; `text` is one as it is. With neither the body is empty.
            error: Raised instead of answering.
            times: How often it is given; None is always.
        """
        place, _, query = url.partition("?")
        wanted = httpx2.QueryParams(params or {})
        self._replies.append(
            _Reply(
                method=method.upper(),
                url=place,
                params=_by_name(query) | _by_name(str(wanted)),
                status=status,
                headers={**_content_type(json, text), **(headers or {})},
                body=_body(json, text),
                error=error,
                times=times,
            )
        )

    def handle_request(self, request: httpx2.Request) -> Answer:
        """
        Answer a request.

        Raises:
            AssertionError: nothing is registered for it; the message lists what is.
        """
        call = _seen(request)
        self.calls.append(call)
        reply = next((reply for reply in self._replies if reply.fits(call)), None)
        if reply is None:
            known = "\n  ".join(map(str, self._replies)) or "nothing"
            raise AssertionError(
                f"No answer is registered for {call.method} {call.url} with {dict(call.params)}. Registered:\n  {known}"
            )
        return reply.give()


def _seen(request: httpx2.Request) -> Call:
    return Call(
        method=request.method,
        url=str(request.url.copy_with(query=None, fragment=None)),
        params=_by_name(request.url.query.decode("ascii")),
        headers=dict(request.headers),
        body=request.read(),
    )


def _by_name(query: str) -> dict[str, str | list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _content_type(json: Any, text: str | None) -> dict[str, str]:
    if text is not None:
        return {"Content-Type": "text/plain; charset=utf-8"}
    return {} if json is None else {"Content-Type": "application/json"}


def _body(json: Any, text: str | None) -> bytes:
    if text is not None:
        return text.encode()
    return b"" if json is None else json_format.dumps(json).encode()
