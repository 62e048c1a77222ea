"""Who may talk to the coffee machine. These passwords are public: they protect nothing."""

import base64
import binascii
from dataclasses import dataclass

from dovetail.services.coffee import demonstration


@dataclass(frozen=True, kw_only=True)
class User:
    """One account of the machine."""

    id: str
    """What the machine calls the account."""
    username: str
    """What it signs in with."""
    password: str
    """What it proves itself with."""
    name: str
    """What people call it."""


DEMONSTRATION_USER = User(
    id="account-1", username=demonstration.USERNAME, password=demonstration.PASSWORD, name="Barista"
)
MANAGER = User(id="account-2", username="manager", password="doppio-macchiato-0815", name="Manager")
USERS = {user.username: user for user in (DEMONSTRATION_USER, MANAGER)}


def find_user(authorization: str | None) -> User | None:
    """Return whom an ``Authorization`` header of the Basic scheme (RFC 7617) names, if the password is right."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, _, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    user = USERS.get(username)
    return user if user and user.password == password else None
