"""Calls that steer a test server; they bypass the client under test."""

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

SECONDS = 10


def call(
    method: str, url: str, value: Any = None, headers: Mapping[str, str] | None = None
) -> tuple[Any, Mapping[str, str]]:
    """
    Send JSON to a test server on this machine.

    Returns:
        The JSON of the answer, and its headers.
    Raises:
        urllib.error.HTTPError: the server answered with an error.
    """
    body = None if value is None else json.dumps(value).encode()
    sent = {"Accept": "application/json", "Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(url, body, sent, method=method)
    with _direct.open(request, timeout=SECONDS) as answer:
        return json.loads(answer.read() or b"null"), answer.headers


_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
