"""What the coffee machine is asked and what it answers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call."""

    method: str
    """In capitals."""
    path: str
    """Without the query: ``"/brews/42"``."""
    query: Mapping[str, str]
    """The last value of each parameter."""
    headers: Mapping[str, str]
    """By name, each word with a capital: ``"If-None-Match"``."""
    body: bytes = b""
    """As received."""

    def json(self) -> Any:
        """Read the body as JSON; ValueError if it is none."""
        return json.loads(self.body or b"{}")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer."""

    status: int = 200
    """The HTTP status."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """All but the length."""
    body: bytes = b""
    """As sent."""
    truncate: bool = False
    """Send half of the body and hang up."""
    drop: bool = False
    """Send nothing and hang up."""


def json_answer(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with JSON and its entity tag."""
    body = json.dumps(value).encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Answer(
        status=status, headers={"Content-Type": "application/json", "ETag": tag, **(headers or {})}, body=body
    )


def html_answer(text: str, *, status: int = 200) -> Answer:
    """Answer with a page."""
    return Answer(status=status, headers={"Content-Type": "text/html; charset=utf-8"}, body=text.encode())


def error_answer(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with an error as JSON."""
    return json_answer({"error": message}, status=status, headers=headers)


def not_modified(request: Request, answer: Answer) -> Answer:
    """Replace an answer whose entity tag the caller has by a 304 (RFC 9110, section 15.4.5)."""
    tag = answer.headers.get("ETag")
    if answer.status != 200 or tag is None or request.headers.get("If-None-Match") != tag:
        return answer
    return Answer(status=304, headers={"ETag": tag})
