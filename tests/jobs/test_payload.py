"""What a job may carry."""

import pytest

from dovetail.jobs.payload import LARGEST_BYTES, normalize, storable_text


def test_tuples_become_lists_as_json_has_no_others() -> None:
    assert normalize({"a": (1, 2)}) == {"a": [1, 2]}


def test_a_backslash_before_u0000_is_no_nul() -> None:
    assert normalize("\\u0000") == "\\u0000"


@pytest.mark.parametrize("value", ["\0", "\\\0", {"a": ["\0"]}, float("inf"), "\udc00", "x" * LARGEST_BYTES])
def test_what_a_database_refuses_is_refused(value) -> None:
    with pytest.raises(ValueError, match=r".+"):
        normalize(value)


def test_an_object_is_refused() -> None:
    with pytest.raises(TypeError):
        normalize(object())


def test_text_is_made_storable() -> None:
    assert storable_text("a\0\ud800b") == "a\N{REPLACEMENT CHARACTER}?b"
