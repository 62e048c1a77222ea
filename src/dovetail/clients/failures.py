"""What went wrong on the way, in our words: the one place that knows the errors of the HTTP library."""

from dataclasses import dataclass

import httpcore2
import httpx2

from dovetail.clients.answers import LARGEST_BYTES, TooLarge
from dovetail.clients.call import Call
from dovetail.core.errors import ExternalServiceError, RequestRefused, TimedOut, UnexpectedAnswer, Unreachable


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What some errors of the library mean to us."""

    errors: tuple[type[Exception], ...]
    kind: type[ExternalServiceError]
    text: str


# The first that fits holds, so what is special stands before what is general.
_MEANINGS = (
    Meaning(
        errors=(httpcore2.ConnectTimeout, httpx2.ConnectTimeout, httpcore2.PoolTimeout, httpx2.PoolTimeout),
        kind=TimedOut,
        text="no connection was made in time",
    ),
    Meaning(
        errors=(httpcore2.TimeoutException, httpx2.TimeoutException),
        kind=TimedOut,
        text="the answer did not come in time",
    ),
    Meaning(
        errors=(httpcore2.ConnectError, httpx2.ConnectError, httpcore2.ProxyError, httpx2.ProxyError),
        kind=Unreachable,
        text="no connection could be made",
    ),
    Meaning(
        errors=(httpcore2.NetworkError, httpx2.NetworkError),
        kind=Unreachable,
        text="the connection was lost",
    ),
    Meaning(
        errors=(
            httpcore2.LocalProtocolError,
            httpx2.LocalProtocolError,
            httpcore2.UnsupportedProtocol,
            httpx2.UnsupportedProtocol,
            httpx2.InvalidURL,
        ),
        kind=RequestRefused,
        text="the request cannot be sent, because its address or a header is not valid",
    ),
    Meaning(
        errors=(httpcore2.ProtocolError, httpx2.ProtocolError, httpx2.DecodingError),
        kind=UnexpectedAnswer,
        text="the answer is broken or incomplete",
    ),
    Meaning(
        errors=(TooLarge,),
        kind=UnexpectedAnswer,
        text=f"the answer is larger than {LARGEST_BYTES // 1024**2} MB",
    ),
)

NETWORK_ERRORS = tuple(error for meaning in _MEANINGS for error in meaning.errors)


def explain_failure(call: Call, error: Exception) -> ExternalServiceError:
    """
    Return our error for one of NETWORK_ERRORS.

    The library's own text is left out, because it may repeat headers; only the system's reason is added.
    """
    meaning = next(meaning for meaning in _MEANINGS if isinstance(error, meaning.errors))
    reason = _system_reason(error)
    text = f"{meaning.text} ({reason})" if reason else meaning.text
    return meaning.kind(call.sentence(text), service=call.service, operation=call.operation)


def _system_reason(error: Exception) -> str:
    cause = next((item for item in (*error.args, error.__cause__) if isinstance(item, OSError)), None)
    if isinstance(cause, TimeoutError):
        return ""
    return getattr(cause, "verify_message", None) or (cause and cause.strerror) or ""
