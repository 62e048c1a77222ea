"""
The steps of a call, as generators that yield effects and do nothing themselves.

::

    make_call        one log line at the end
      attempts       hold back · try · wait · try again
        attempt      send · follow redirects · status to error
          signed     credentials, only at home
            sent     errors of the network to ours

Whatever drives the steps, in a thread or in an event loop, runs the same code.
"""

import httpx2

from dovetail.clients.address import is_home
from dovetail.clients.answers import Answer, check_status
from dovetail.clients.call import Call
from dovetail.clients.deadline import within
from dovetail.clients.effects import Send, Sleep, Steps
from dovetail.clients.failures import NETWORK_ERRORS, explain_failure
from dovetail.clients.log import CallLog
from dovetail.clients.redirects import MAX_REDIRECTS, redirect, refuse_more
from dovetail.core.errors import ExternalServiceError


def make_call(call: Call) -> Steps[Answer]:
    """
    Make a call and return its answer, whose status is below 400.

    Raises:
        ExternalServiceError: the call failed for good, or for longer than its retry policy waits.
    """
    log = CallLog(call)
    try:
        answer = yield from _attempts(call, log)
    except ExternalServiceError as error:
        log.end(error)
        raise
    log.end(answer.status_code)
    return answer


def _attempts(call: Call, log: CallLog) -> Steps[Answer]:
    yield from call.hold.wait(call.service, call.operation, call.retry.max_wait)
    while True:
        log.attempt += 1
        try:
            return (yield from _attempt(call))
        except ExternalServiceError as error:
            yield from call.hold.announce(error)
            wait_seconds = _wait_seconds(call, log.attempt, error)
            if wait_seconds is None:
                raise
            log.retry(error, wait_seconds)
        yield Sleep(seconds=wait_seconds)


def _wait_seconds(call: Call, attempt: int, error: ExternalServiceError) -> float | None:
    wait = call.retry.delay(attempt, error, call.random) if call.is_repeatable else None
    if wait is None or wait.total_seconds() > within(wait.total_seconds()):
        return None
    return wait.total_seconds()


def _attempt(call: Call) -> Steps[Answer]:
    request, auth = call.request, call.auth
    for _ in range(MAX_REDIRECTS + 1):
        if not is_home(request.url, call.home):
            auth = None  # for good: a stranger that points back home gets no call made with our credentials
        answer = yield from _signed(call, request, auth)
        following = redirect(call, request, answer)
        if following is None:
            check_status(call, answer)
            return answer
        request = following
    raise refuse_more(call, answer)


def _signed(call: Call, request: httpx2.Request, auth: httpx2.Auth | None) -> Steps[Answer]:
    if auth is None:
        return (yield from _sent(call, request, request))
    flow = auth.auth_flow(_SignedRequest.of(request))
    try:
        signed = next(flow)
        while True:
            answer = yield from _sent(call, request, signed)
            try:
                signed = flow.send(answer)
            except StopIteration:
                return answer
    finally:
        flow.close()


def _sent(call: Call, request: httpx2.Request, signed: httpx2.Request) -> Steps[Answer]:
    try:
        answer: Answer = yield Send(request=signed, timeout=call.timeout)
    except NETWORK_ERRORS as error:
        failure = explain_failure(call, error)
    else:
        return answer.belonging_to(call, request)
    raise failure  # outside the handler, so that the library's error, whose text may hold a header, is not attached


class _SignedRequest(httpx2.Request):
    """A request with the credentials in it; the original stays without them."""

    @classmethod
    def of(cls, request: httpx2.Request) -> "_SignedRequest":
        return cls(
            request.method,
            request.url,
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )

    def __repr__(self) -> str:
        return f"<signed {self.method} request to {self.url.host}>"
