"""What went wrong at a service, in words for the person who can do something about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dovetail.core.errors import (
    AuthenticationFailed,
    ExternalServiceError,
    PermissionRefused,
    RateLimited,
    RecordNotFound,
    RequestRefused,
    SecretUnreadable,
    ServiceUnavailable,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
    UserActionRequired,
)
from dovetail.integrations.connection import ConnectionState

SENTENCES: tuple[tuple[type[ExternalServiceError], str], ...] = (
    (
        SecretUnreadable,
        gettext_noop("The stored credentials for %(service)s cannot be read any more. Enter them again."),
    ),
    (AuthenticationFailed, gettext_noop("%(service)s refused these credentials. Check them and try again.")),
    (PermissionRefused, gettext_noop("%(service)s knows this account, but does not let it do this.")),
    (Unreachable, gettext_noop("%(service)s cannot be reached at this address.")),
    (TimedOut, gettext_noop("%(service)s did not answer in time.")),
    (RateLimited, gettext_noop("%(service)s asks for fewer calls. Try again in a little while.")),
    (ServiceUnavailable, gettext_noop("%(service)s says that it is not available now. Try again later.")),
    (
        UnexpectedAnswer,
        gettext_noop("What answers at this address does not understand %(service)s's interface. Check the address."),
    ),
    (RecordNotFound, gettext_noop("%(service)s is not to be found at this address. Check the whole of it.")),
    (RequestRefused, gettext_noop("%(service)s refused the request. Check what you entered.")),
)


def explain(error: ExternalServiceError, service: str) -> str:
    """
    Return a sentence for people.

    Args:
        error: What happened.
        service: The service's name for people.
    """
    for kind, sentence in SENTENCES:
        if isinstance(error, kind):
            return _(sentence) % {"service": service}
    return str(error)


def state_after(error: ExternalServiceError) -> ConnectionState:
    """Return the state of a connection whose call ended so."""
    if isinstance(error, UserActionRequired):
        return ConnectionState.NEEDS_RECONNECT
    return ConnectionState.UNREACHABLE
