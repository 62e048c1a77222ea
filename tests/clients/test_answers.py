"""Which error an answer stands for, and what its message says."""

import pytest

from dovetail.clients import Basic
from dovetail.core.errors import (
    AuthenticationFailed,
    PermissionRefused,
    RateLimited,
    RecordNotFound,
    RequestRefused,
    ServiceUnavailable,
)
from dovetail.testing.transport import FakeTransport
from tests.clients.conftest import ONCE, CoffeeClient


def call(**reply):
    fake = FakeTransport()
    fake.add("GET", "/brews", **reply)
    auth = Basic("barista", "espresso-4711")
    return CoffeeClient(base_url="https://coffee.example", transport=fake, retry=ONCE, auth=auth).get("/brews")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RequestRefused),
        (401, AuthenticationFailed),
        (403, PermissionRefused),
        (404, RecordNotFound),
        (408, ServiceUnavailable),
        (409, RequestRefused),
        (410, RecordNotFound),
        (425, ServiceUnavailable),
        (429, RateLimited),
        (500, ServiceUnavailable),
        (503, ServiceUnavailable),
        (599, ServiceUnavailable),
    ],
)
def test_a_status_becomes_the_error_that_says_what_happens_next(status, kind):
    with pytest.raises(kind) as caught:
        call(status=status)

    assert type(caught.value) is kind
    assert caught.value.status == status
    assert (caught.value.service, caught.value.operation) == ("coffee", "GET /brews")
    assert str(caught.value) == f"coffee, GET /brews: the service answered {status}."


@pytest.mark.parametrize("headers", [{"Retry-After": "60"}, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "60"}])
def test_a_refusal_that_names_a_limit_is_a_limit(headers):
    with pytest.raises(RateLimited) as caught:
        call(status=403, headers=headers)

    assert caught.value.retry_after.total_seconds() == 60


@pytest.mark.parametrize("status", [200, 201, 204, 304])
def test_a_status_below_400_is_an_answer(status):
    assert call(status=status).status_code == status


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"json": {"message": "No beans left."}}, "No beans left"),
        ({"json": {"error": {"status": 400, "msg": "No\n beans"}}}, "No beans"),
        ({"json": {"errors": [{"field": "name", "detail": "Too long"}]}}, "Too long"),
        ({"json": {"error": "invalid_grant", "error_description": "Expired"}}, "Expired"),
        ({"text": "No beans\x00\x1b[31m"}, "No beans[31m"),
        ({"text": "x" * 500}, "x" * 199 + "…"),
    ],
)
def test_a_message_holds_the_reason_that_the_service_gives(reply, reason):
    with pytest.raises(RequestRefused) as caught:
        call(status=400, **reply)

    assert str(caught.value) == f"coffee, GET /brews: the service answered 400: {reason}."


@pytest.mark.parametrize(
    "reply",
    [
        {"text": "<html>Bad gateway</html>", "headers": {"Content-Type": "text/html"}},
        {"text": "{", "headers": {"Content-Type": "application/json"}},
        {"json": {"items": 7}},
        {"json": 7},
        {"text": "x" * 200_000},
    ],
)
def test_a_body_without_a_reason_for_people_is_left_out(reply):
    with pytest.raises(RequestRefused, match=r"answered 400\.$"):
        call(status=400, **reply)


def test_a_secret_that_the_service_repeats_is_masked():
    with pytest.raises(AuthenticationFailed, match=r"Wrong password \*+ for barista") as caught:
        call(status=401, json={"message": "Wrong password espresso-4711 for barista"})

    assert "espresso-4711" not in repr(caught.value)
