"""Every error of Dovetail, branched by what happens next.

::

    DovetailError
    ├── ExternalServiceError            what the outside does to us
    │   ├── TransientError              try again later, unchanged (``retry_after``)
    │   │   ├── Unreachable             no connection was made (also a ConnectionError)
    │   │   ├── TimedOut                no answer in time (also a TimeoutError)
    │   │   ├── RateLimited             too many calls; wait ``retry_after``
    │   │   ├── ServiceUnavailable      the service says it is down
    │   │   └── UnexpectedAnswer        the answer is not what the service's interface promises
    │   ├── UserActionRequired          calling again is useless until a person acts
    │   │   ├── AuthenticationFailed    the credentials are refused: connect again
    │   │   ├── PermissionRefused       the account may not do this (also a PermissionError)
    │   │   └── SecretUnreadable        stored credentials cannot be decrypted: give the key back or connect again
    │   └── RequestRefused              final: this request will never succeed
    │       └── RecordNotFound          what was asked for is not there (also a LookupError)
    ├── RecordProblem                   one record cannot be used: set it aside, go on with the others
    └── ProgrammingMistake              the code that calls us must change
        ├── DuplicateName               a name is registered twice
        └── UnknownName                 a name is not registered (also a LookupError)

    ConfigurationError                  the operator must change a setting; stops the start, so it stands
                                        outside the run-time tree (also Django's ImproperlyConfigured)
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured


class DovetailError(Exception):
    """Something that Dovetail reports went wrong."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _first_sentence(type(self)))


class ExternalServiceError(DovetailError):
    """
    An outside service did not do what it was asked.

    Args:
        message: What happened, for a person to read; it holds no secret.
        service: The service's name, such as ``"github"``.
        operation: What was being done, such as ``"GET /brews"``.
        status: The HTTP status, when there was an answer.
        retry_after: How long the service asks us to wait.
    """

    def __init__(
        self,
        message: str = "",
        *,
        service: str = "",
        operation: str = "",
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.status = status
        self.retry_after = retry_after


class TransientError(ExternalServiceError):
    """The service could not answer just now; the same call may succeed later."""


class Unreachable(TransientError, ConnectionError):
    """The service could not be reached."""


class TimedOut(TransientError, TimeoutError):
    """The service did not answer in time."""


class RateLimited(TransientError):
    """The service asks for fewer calls."""


class ServiceUnavailable(TransientError):
    """The service says that it is not available."""


class UnexpectedAnswer(TransientError, ValueError):
    """The service's answer could not be understood."""


class UserActionRequired(ExternalServiceError):
    """A person must act before the service can be called again."""


class AuthenticationFailed(UserActionRequired):
    """The service refused the credentials."""


class PermissionRefused(UserActionRequired, PermissionError):
    """The account may not do this on the service."""


class SecretUnreadable(UserActionRequired):
    """A stored secret cannot be read with the keys at hand; give the key back or connect again."""


class RequestRefused(ExternalServiceError):
    """The service refused the request, and would refuse it again."""


class RecordNotFound(RequestRefused, LookupError):
    """The service does not have what was asked for."""


class RecordProblem(DovetailError):
    """
    A record cannot be used as it is.

    Args:
        reasons: One sentence for each field that does not fit, by the field's name.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


class ProgrammingMistake(DovetailError):
    """The code that calls Dovetail must change."""


class DuplicateName(ProgrammingMistake):
    """A name is registered twice."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"The {kind} {name!r} is already registered.")


class UnknownName(ProgrammingMistake, LookupError):
    """A name is not registered."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no {kind} {name!r}; known are: {', '.join(sorted(known)) or 'none'}.")


class ConfigurationError(ImproperlyConfigured):
    """A setting is wrong; the message names the key, where its value comes from, and the cure."""


def _first_sentence(kind: type) -> str:
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]
