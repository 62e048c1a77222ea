"""One class per service that makes the calls."""

from collections.abc import Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, ClassVar, Self, TypedDict, Unpack

import httpx2

from dovetail.clients.address import is_home, parse_address, resolve, show, without_user
from dovetail.clients.answers import Answer
from dovetail.clients.auth import Basic, Credentials
from dovetail.clients.call import Call
from dovetail.clients.chain import make_call
from dovetail.clients.deadline import to_seconds
from dovetail.clients.driver import run
from dovetail.clients.effects import Steps
from dovetail.clients.hold import Hold
from dovetail.clients.paging import Pages, Paginator
from dovetail.clients.request import build_request
from dovetail.clients.transport import Transport
from dovetail.core.errors import ProgrammingMistake
from dovetail.core.retry import RetryPolicy

_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})


class CallOptions(TypedDict, total=False):
    """What may be said about one call."""

    params: Mapping[str, Any] | None
    """The query; what is None is left out."""
    json: Any
    """The body as JSON."""
    data: Mapping[str, Any] | bytes | str | None
    """The body as it is, or the fields of a form."""
    headers: Mapping[str, str] | None
    timeout: timedelta | float | None
    """For each attempt, from the look-up of the name to the last byte; seconds if a number."""
    idempotency_key: str | None
    """Lets a POST or PATCH be repeated: the service does it once for each key."""


class Client:
    """
    Calls one service; a subclass names it and has a method for each thing to ask for.

    With `connection.client()` a client gets the credentials of an account. Made by hand it works in any script, without
    Django too.

    Args:
        base_url: Where the service is, instead of the class's own address.
        auth: How to prove who calls. Credentials are sent to the host of the base URL only.
        scope: Names the account; processes with the same scope hold back together when the service asks for it.
        timeout: For each attempt; a number is seconds.
        transport: Sends the requests instead of the process's own connections.
        retry: When to try again.
    Raises:
        RequestRefused: the address is not valid; a person must correct it.
    """

    service: str = ""
    """The name in messages and the log; by default that of the class."""
    base_url: str = ""
    headers: ClassVar[Mapping[str, str]] = {}
    """Sent with every request to the service."""
    timeout: timedelta | float = 10.0
    retry: RetryPolicy = RetryPolicy()
    auth: httpx2.Auth | None = None
    paginator: Paginator | None = None

    def __init__(
        self,
        *,
        base_url: str | None = None,
        auth: httpx2.Auth | None = None,
        scope: str = "",
        timeout: timedelta | float | None = None,
        transport: httpx2.BaseTransport | None = None,
        retry: RetryPolicy | None = None,
    ) -> None:
        self.service = self.service or type(self).__name__.removesuffix("Client").lower() or "the service"
        address = parse_address(base_url or self.base_url, self.service)
        self._home = without_user(address)
        self.base_url = str(self._home)
        self.auth = auth or self.auth or _auth_in(address)
        self.timeout = to_seconds(self.timeout if timeout is None else timeout)
        self.transport = transport or Transport()
        self.retry = retry or self.retry
        self._hold = Hold(scope)

    def request(self, method: str, target: str, **options: Unpack[CallOptions]) -> Answer:
        """
        Call the service and return its answer, whose status is below 400.

        Args:
            target: A path below the base URL, or a whole URL.
            options: See CallOptions.
        Raises:
            TransientError: the service could not answer; try again later, after `retry_after` if it is set.
            UserActionRequired: the service refuses the credentials; a person must act.
            RequestRefused: the service refuses this request and would again.
        """
        return run(self.steps(method, target, **options), self.transport)

    def get(self, target: str, **options: Unpack[CallOptions]) -> Answer:
        """Read; as `request`."""
        return self.request("GET", target, **options)

    def post(self, target: str, **options: Unpack[CallOptions]) -> Answer:
        """Create or act; as `request`. It is sent once only, unless an `idempotency_key` makes repeating it safe."""
        return self.request("POST", target, **options)

    def put(self, target: str, **options: Unpack[CallOptions]) -> Answer:
        """Replace; as `request`."""
        return self.request("PUT", target, **options)

    def patch(self, target: str, **options: Unpack[CallOptions]) -> Answer:
        """Change; as `request`. It is sent once only, unless an `idempotency_key` makes repeating it safe."""
        return self.request("PATCH", target, **options)

    def delete(self, target: str, **options: Unpack[CallOptions]) -> Answer:
        """Delete; as `request`."""
        return self.request("DELETE", target, **options)

    def get_json(self, target: str, **options: Unpack[CallOptions]) -> Any:
        """Read JSON; as `request`, and UnexpectedAnswer if the answer is something else."""
        return self.get(target, **options).json()

    def pages(
        self,
        target: str,
        *,
        params: Mapping[str, Any] | None = None,
        paginator: Paginator | None = None,
        resume: str | None = None,
        prefetch: int = 0,
    ) -> Pages:
        """
        List all items of a list that the service answers in pages.

        Args:
            params: The query of the first page; what is None is left out.
            paginator: The style of paging, instead of the class's own.
            resume: The `resume` of a page read before; None begins with the first page.
            prefetch: 1 reads the next page while the caller works on this one; 0 does not.
        Returns:
            Pages: iterate over it for the items, or over its `by_page()`.
        """
        style = paginator or self.paginator
        if style is None:
            raise ProgrammingMistake(f"{type(self).__name__} has no paginator; name the service's style of paging.")
        return Pages(self, style, target, params or {}, resume=resume, is_prefetching=prefetch > 0)

    def steps(self, method: str, target: str, **options: Unpack[CallOptions]) -> Steps[Answer]:
        """Return a call as steps, for whatever performs them; `request` is what performs them here."""
        return make_call(self._call(method.upper(), target, options))

    def shorten(self, url: str) -> str:
        """Return a URL of the service as it may be kept: without the credentials, and relative to the base URL."""
        base = self.base_url.rstrip("/")
        secret = self.auth.query if isinstance(self.auth, Credentials) else ""
        if secret and secret in url:
            url = str(httpx2.URL(url).copy_remove_param(secret))
        return url.removeprefix(base) if base and url.startswith(f"{base}/") else url

    def close(self) -> None:
        """Let the transport go; the connections of the process stay open for the next client."""
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def _call(self, method: str, target: str, options: CallOptions) -> Call:
        url = resolve(self._home, target)
        home = self._home if self.base_url else url
        key, timeout = options.get("idempotency_key"), options.get("timeout")
        own_headers = self.headers if is_home(url, home) else {}
        key_header = {"Idempotency-Key": key} if key else {}
        return Call(
            service=self.service,
            operation=f"{method} {show(url, home)}",
            request=build_request(
                method,
                url,
                params=options.get("params"),
                headers={**own_headers, **(options.get("headers") or {}), **key_header},
                json=options.get("json"),
                data=options.get("data"),
            ),
            home=home,
            auth=self.auth,
            timeout=to_seconds(self.timeout if timeout is None else timeout),
            retry=self.retry,
            is_repeatable=method in _IDEMPOTENT or key is not None,
            hold=self._hold,
        )


def _auth_in(address: httpx2.URL) -> httpx2.Auth | None:
    return Basic(address.username, address.password) if address.userinfo else None
