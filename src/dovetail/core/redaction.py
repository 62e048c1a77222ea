"""Takes secrets out of what is shown or logged."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit, urlunsplit

MASK = "********"
USER_PART = re.compile(r"(?<=://)[^/\s]+(?=@)")

SECRET_NAMES = frozenset(
    {
        "access_key",
        "api_key",
        "apikey",
        "auth",
        "authorization",
        "cookie",
        "cookies",
        "credential",
        "credentials",
        "passphrase",
        "passwd",
        "password",
        "private_key",
        "pwd",
        "secret",
        "secret_key",
        "secrets",
        "session",
        "sessionid",
        "sig",
        "signature",
        "token",
        "tokens",
    }
)
"""Names of headers, parameters and fields whose values are secrets; also as the end or a word of a longer name."""


def mask(text: str) -> str:
    """Replace a secret by a mask that tells nothing about it, not even its length; nothing stays nothing."""
    return MASK if text else ""


def is_secret_name(name: str) -> bool:
    """Tell whether a header, parameter or field of this name holds a secret."""
    plain = name.lower().replace("-", "_")
    words = plain.split("_")
    pairs = {f"{first}_{second}" for first, second in pairwise(words)}
    return not SECRET_NAMES.isdisjoint({plain, *words, *pairs})


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Copy headers with the secret ones masked."""
    return {name: mask(value) if is_secret_name(name) else value for name, value in headers.items()}


def redact_url(url: str) -> str:
    """Mask the user part and every query value of a URL, and drop its fragment; what cannot be parsed is masked."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return MASK
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    user = f"{MASK}@" if parts.username or parts.password else ""
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    query = "&".join(f"{quote(name, safe='@:/[]')}={MASK}" for name in names)
    return urlunsplit((parts.scheme, f"{user}{host}{port}", parts.path, query, ""))


def redact_credentials(text: str) -> str:
    """Mask the user parts of all URLs in a text, such as the password in a database's address."""
    return USER_PART.sub(MASK, text)


def redact(text: str, secrets: Iterable[str]) -> str:
    """
    Mask every occurrence of some secrets in a text, also where they are encoded for a URL.

    Args:
        text: What is to be shown or logged.
        secrets: The secrets themselves; empty ones are passed over.
    """
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret)) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text
