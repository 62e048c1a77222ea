"""Where a service is, and what belongs to it: credentials go there and nowhere else."""

import re

import httpx2

from dovetail.core.errors import RequestRefused

_WHOLE_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def parse_address(text: str, service: str) -> httpx2.URL:
    """
    Parse the address of a service; empty means that calls name whole URLs.

    Raises:
        RequestRefused: it is no address that can be called; a person must correct it.
    """
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        url = None
    if url is None or (text and not (url.scheme in ("http", "https") and url.host)):
        raise RequestRefused(f"The address of {service} is not valid: it must begin with http:// or https://.")
    return url


def resolve(home: httpx2.URL, target: str) -> httpx2.URL:
    """
    Return the URL of a target.

    Args:
        target: A path below home, with or without a slash in front, or a whole URL. A user part is taken out of it.
    Raises:
        RequestRefused: the target is not valid.
    """
    if not _WHOLE_URL.match(target):
        target = f"{str(home).rstrip('/')}/{target.lstrip('/')}" if target else str(home)
    try:
        return without_user(httpx2.URL(target))
    except httpx2.InvalidURL:
        pass
    raise RequestRefused(f"A path or URL below {home} is not valid.")


def without_user(url: httpx2.URL) -> httpx2.URL:
    """Take the user name and password out of a URL."""
    return url.copy_with(username=None, password=None) if url.userinfo else url


def is_home(url: httpx2.URL, home: httpx2.URL) -> bool:
    """
    Tell whether a URL belongs to the service at `home`.

    The same host reached by https instead of http counts as home; the way back does not, because it would show the
    credentials to everybody on the line.
    """
    if (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port):
        return True
    to_https = (home.scheme, url.scheme) == ("http", "https")
    return to_https and url.host == home.host and url.port is None and home.port is None


def show(url: httpx2.URL, home: httpx2.URL) -> str:
    """Return the path of a URL, with the host if it is not home's; never the query, which may hold a secret."""
    path = url.raw_path.decode("ascii").partition("?")[0]
    return path if is_home(url, home) else f"{url.scheme}://{url.netloc.decode('ascii')}{path}"
