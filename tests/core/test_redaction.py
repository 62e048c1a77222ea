"""Secrets in what is shown or logged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dovetail.core.redaction import (
    MASK,
    SECRET_NAMES,
    is_secret_name,
    redact,
    redact_credentials,
    redact_headers,
    redact_url,
)


@pytest.mark.parametrize(
    "name",
    ["Authorization", "Cookie", "Set-Cookie", "X-API-Key", "access_token", "client_secret", "PRIVATE-TOKEN", "apikey"],
)
def test_names_of_secrets_are_known(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "page", "key", "X-Request-Id", "author", "sort_key", ""])
def test_other_names_are_not(name: str) -> None:
    assert not is_secret_name(name)


@given(st.sampled_from(sorted(SECRET_NAMES)))
def test_every_name_of_the_set_counts_as_a_part_of_a_longer_name(name: str) -> None:
    assert is_secret_name(f"X-{name.upper().replace('_', '-')}")


def test_secret_headers_are_masked() -> None:
    headers = {"Authorization": "Bearer abc", "Accept": "text/plain", "X-Empty-Token": ""}
    assert redact_headers(headers) == {"Authorization": MASK, "Accept": "text/plain", "X-Empty-Token": ""}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.example.com/a/b", "https://api.example.com/a/b"),
        ("https://u:p@api.example.com:8443/a", f"https://{MASK}@api.example.com:8443/a"),
        ("https://e.com/?page=2&token=abc#x", f"https://e.com/?page={MASK}&token={MASK}"),
        ("http://[::1]:80/?@page_size=5", f"http://[::1]:80/?@page_size={MASK}"),
        ("/relative?q=%20secret", f"/relative?q={MASK}"),
        ("http://host:port/", MASK),
        ("http://[broken/?token=abc", MASK),
    ],
)
def test_a_url_keeps_neither_credentials_nor_values(url: str, shown: str) -> None:
    assert redact_url(url) == shown


def test_the_password_in_the_address_of_a_database_is_masked() -> None:
    text = "use postgresql://me:p@ss@db:5432/name, not sqlite:///file"
    assert redact_credentials(text) == f"use postgresql://{MASK}@db:5432/name, not sqlite:///file"


def test_a_secret_is_masked_wherever_it_is_in_a_text() -> None:
    text = "p@ss word, p%40ss%20word and p%40ss+word"
    assert redact(text, ["p@ss word"]) == f"{MASK}, {MASK} and {MASK}"


def test_a_secret_that_begins_like_another_is_masked_whole() -> None:
    assert redact("abc-def", ["abc", "abc-def", ""]) == MASK


@given(text=st.text(), secret=st.text(min_size=3).filter(lambda secret: "*" not in secret))
def test_no_secret_is_left(text: str, secret: str) -> None:
    assert secret not in redact(text + secret + text, [secret]).replace(MASK, "*")
