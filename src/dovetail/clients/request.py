"""The request as a client makes it, before any credentials."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import httpx2

HEADERS = {
    "Accept": "application/json, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": f"dovetail/{version('dovetail')}",
}


def build_request(
    method: str,
    url: httpx2.URL,
    *,
    params: Mapping[str, Any] | None,
    headers: Mapping[str, str],
    json: Any = None,
    data: Mapping[str, Any] | bytes | str | None = None,
) -> httpx2.Request:
    """
    Build a request.

    Args:
        params: Added to those in the URL; what is None is left out.
        headers: Added to ours.
        json: The body as JSON.
        data: The body as it is, or the fields of a form.
    """
    wanted = {name: value for name, value in (params or {}).items() if value is not None}
    fields, content = (data, None) if isinstance(data, Mapping) else (None, data)
    return httpx2.Request(
        method,
        url.copy_merge_params(wanted) if wanted else url,
        headers={**HEADERS, **headers},
        json=json,
        data=fields,
        content=content,
    )
