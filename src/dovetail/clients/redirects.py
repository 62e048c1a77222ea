"""Where an answer sends us, and what we take along."""

import httpx2

from dovetail.clients.address import is_home
from dovetail.clients.answers import Answer
from dovetail.clients.call import Call
from dovetail.core.errors import RequestRefused
from dovetail.core.redaction import redact_url

MAX_REDIRECTS = 5

_ONLY_FOR_A_BODY = ("content-length", "content-type", "transfer-encoding")
_HARMLESS = ("accept", "accept-encoding", "accept-language", "user-agent")


def redirect(call: Call, request: httpx2.Request, answer: Answer) -> httpx2.Request | None:
    """
    Return the request that follows a redirect, or None if the answer is no redirect.

    Only what can be asked for is followed, never a write, unless the answer says that its result is found elsewhere
    (303). Away from home nothing of the application's headers goes along.

    Raises:
        RequestRefused: the redirect is not followed; the address in the message is the one to use.
    """
    if not answer.has_redirect_location:
        return None
    target = answer.join(answer.headers["location"])
    is_read = request.method in ("GET", "HEAD")
    if target.scheme not in ("http", "https") or not (is_read or answer.status_code == 303):
        raise _refusal(
            call, answer, f"the service answered {answer.status_code} and points to {redact_url(str(target))}"
        )
    method = request.method if is_read else "GET"
    return httpx2.Request(method, target, headers=_headers(call, request, target))


def refuse_more(call: Call, answer: Answer) -> RequestRefused:
    """Make the error for one redirect too many."""
    return _refusal(call, answer, f"the service redirected us more than {MAX_REDIRECTS} times")


def _headers(call: Call, request: httpx2.Request, target: httpx2.URL) -> list[tuple[str, str]]:
    if is_home(target, call.home):
        return [
            (name, value) for name, value in request.headers.multi_items() if name not in ("host", *_ONLY_FOR_A_BODY)
        ]
    return [(name, value) for name, value in request.headers.multi_items() if name in _HARMLESS]


def _refusal(call: Call, answer: Answer, reason: str) -> RequestRefused:
    return RequestRefused(
        call.sentence(reason), service=call.service, operation=call.operation, status=answer.status_code
    )
