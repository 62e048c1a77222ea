"""What a service answers, and the error that it stands for."""

from collections.abc import Iterator
from typing import Any, Self

import httpx2

from dovetail.clients.address import without_user
from dovetail.clients.call import Call
from dovetail.clients.excerpt import excerpt
from dovetail.clients.retry_after import is_limit_used_up, read_retry_after
from dovetail.core.errors import (
    AuthenticationFailed,
    ExternalServiceError,
    PermissionRefused,
    RateLimited,
    RecordNotFound,
    RequestRefused,
    ServiceUnavailable,
    UnexpectedAnswer,
)

LARGEST_BYTES = 64 * 1024 * 1024
"""Of an answer, unpacked; people enter addresses, and what answers there must not fill the memory."""

_ERRORS: dict[int, type[ExternalServiceError]] = {
    401: AuthenticationFailed,
    403: PermissionRefused,
    404: RecordNotFound,
    408: ServiceUnavailable,
    410: RecordNotFound,
    425: ServiceUnavailable,
    429: RateLimited,
}


class TooLarge(Exception):
    """An answer is larger than ``LARGEST_BYTES``; reading it was given up."""


class Answer(httpx2.Response):
    """
    A response that was read whole and knows which call it belongs to.

    Its `request` is the one before the credentials were added, so it can be shown.
    """

    service = ""
    operation = ""

    @classmethod
    def of(cls, response: httpx2.Response) -> "Answer":
        """Return the response of any transport, not yet read, as an Answer."""
        if isinstance(response, Answer):
            return response
        return cls(
            response.status_code,
            headers=response.headers,
            stream=response.stream,
            extensions=response.extensions,
        )

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        size = 0
        for part in super().iter_bytes(chunk_size):
            size += len(part)
            if size > LARGEST_BYTES:
                raise TooLarge
            yield part

    def belonging_to(self, call: Call, request: httpx2.Request) -> Self:
        """Note which call and request this answers, and return the answer."""
        self.service, self.operation, self.request = call.service, call.operation, request
        return self

    def json(self, **kwargs: Any) -> Any:
        """
        Return the body as JSON.

        Raises:
            UnexpectedAnswer: the body is not JSON; try again later, or look whether the address is right.
        """
        try:
            return super().json(**kwargs)
        except (ValueError, RecursionError):
            kind = self.headers.get("content-type", "of no stated type").partition(";")[0]
        raise self.unexpected(f"the answer is not JSON ({kind}, {len(self.content):,} bytes)")

    def join(self, address: str) -> httpx2.URL:
        """
        Return an address that this answer names as a whole URL, without a user part.

        Raises:
            UnexpectedAnswer: it is no address.
        """
        try:
            return without_user(self.url.join(address))
        except httpx2.InvalidURL:
            pass
        raise self.unexpected("the answer points to something that is no address")

    def unexpected(self, reason: str) -> UnexpectedAnswer:
        """Make the error that tells what about this answer cannot be understood."""
        return UnexpectedAnswer(
            f"{self.service}, {self.operation}: {reason}.",
            service=self.service,
            operation=self.operation,
            status=self.status_code,
        )


def check_status(call: Call, answer: Answer) -> None:
    """
    Raise the error that the answer's status stands for.

    Raises:
        ExternalServiceError: a subclass by status, with the wait that the service asks for and the beginning of the
            reason it gives, without secrets.
    """
    kind = _error_kind(answer)
    if kind is None:
        return
    status, reason = answer.status_code, excerpt(answer, call.secrets)
    raise kind(
        call.sentence(f"the service answered {status}" + (f": {reason}" if reason else "")),
        service=call.service,
        operation=call.operation,
        status=status,
        retry_after=read_retry_after(answer.headers),
    )


def _error_kind(answer: Answer) -> type[ExternalServiceError] | None:
    status, headers = answer.status_code, answer.headers
    if status < 400:
        return None
    if status == 403 and ("retry-after" in headers or is_limit_used_up(headers)):
        return RateLimited
    return _ERRORS.get(status, ServiceUnavailable if status >= 500 else RequestRefused)
