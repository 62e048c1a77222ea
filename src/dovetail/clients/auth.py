"""How a client proves who it is. Each scheme is a generator without input or output of its own."""

import base64
from collections.abc import Generator

import httpx2

from dovetail.core.errors import AuthenticationFailed, ProgrammingMistake


class Credentials(httpx2.Auth):
    """
    A scheme that knows its secrets, so that they can be kept out of messages.

    Schemes of `httpx2` work too; only a service that repeats their secrets in its error messages shows them.
    """

    secrets: tuple[str, ...] = ()
    """What must never be shown."""
    query = ""
    """The query parameter that carries a secret, if one does."""


class Basic(Credentials):
    """User name and password."""

    def __init__(self, user: str, password: str) -> None:
        encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.user = user
        self.secrets = (password, encoded)
        self._header = f"Basic {encoded}"

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers["Authorization"] = self._header
        yield request

    def __repr__(self) -> str:
        return f"Basic(user={self.user!r})"


class Bearer(Credentials):
    """
    A token.

    Raises:
        AuthenticationFailed: the token holds characters that cannot be sent; a person must enter it again.
    """

    def __init__(self, token: str) -> None:
        token = _checked(token)
        self.secrets = (token,)
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers["Authorization"] = self._header
        yield request

    def __repr__(self) -> str:
        return "Bearer()"


class ApiKey(Credentials):
    """
    A key in a header or in the query, whichever is named.

    Args:
        key: The secret.
        header: The header's name, such as ``"X-Api-Key"``.
        query: The query parameter's name, such as ``"api_key"``.
    Raises:
        AuthenticationFailed: the key holds characters that cannot be sent; a person must enter it again.
    """

    def __init__(self, key: str, *, header: str = "", query: str = "") -> None:
        if bool(header) == bool(query):
            raise ProgrammingMistake("ApiKey needs either the header or the query parameter that carries the key.")
        self._key = _checked(key)
        self.secrets = (self._key,)
        self.header = header
        self.query = query

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        if self.header:
            request.headers[self.header] = self._key
        else:
            request.url = request.url.copy_set_param(self.query, self._key)
        yield request

    def __repr__(self) -> str:
        return f"ApiKey(header={self.header!r})" if self.header else f"ApiKey(query={self.query!r})"


def _checked(secret: str) -> str:
    """Return the secret without the blanks and line ends that copying adds."""
    secret = secret.strip()
    if not (secret.isascii() and secret.isprintable()):
        raise AuthenticationFailed("The key or token holds characters that cannot be sent; enter it again.")
    return secret
