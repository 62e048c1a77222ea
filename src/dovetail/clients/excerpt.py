"""The reason that a service gives for an error, short and without secrets."""

import json
from collections.abc import Iterable
from typing import Any

import httpx2

from dovetail.core.redaction import redact

MAX_CHARACTERS = 200
_MAX_BYTES = 100_000
_NAMES = (
    "message",
    "msg",
    "error_description",
    "detail",
    "details",
    "description",
    "reason",
    "title",
    "error",
    "errors",
)


def excerpt(response: httpx2.Response, secrets: Iterable[str]) -> str:
    """
    Return the message in an error's body, at most 200 characters; empty if there is none to show.

    Args:
        response: Read whole. A message is looked for in JSON and plain text; a page of HTML says nothing to people.
        secrets: What to mask, because services like to repeat the key that they refuse.
    """
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if len(response.content) > _MAX_BYTES:
        return ""
    if kind.endswith("json"):
        text = _message_in_json(response.content)
    elif kind == "text/plain":
        text = response.text
    else:
        return ""
    return _shorten(redact(" ".join(text.split()), secrets)).rstrip(".")


def _message_in_json(content: bytes) -> str:
    try:
        return _find_message(json.loads(content))
    except (ValueError, RecursionError):
        return ""


def _find_message(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        parts: Iterable[Any] = (value[name] for name in _NAMES if name in value)
    elif isinstance(value, list):
        parts = value
    else:
        return ""
    return next((message for part in parts if (message := _find_message(part))), "")


def _shorten(text: str) -> str:
    printable = "".join(character for character in text if character.isprintable())
    return printable if len(printable) <= MAX_CHARACTERS else printable[: MAX_CHARACTERS - 1] + "…"
