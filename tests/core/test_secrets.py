"""Secrets at rest."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dovetail.core.errors import SecretUnreadable, UserActionRequired
from dovetail.core.secrets import decrypt, encrypt, is_current, mask, new_key, rotate

Configure = Callable[..., None]


@given(st.text())
def test_what_was_encrypted_can_be_decrypted(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_the_cipher_text_carries_the_id_of_its_key_and_not_the_secret() -> None:
    key_id, token = encrypt("hunter2").split(":")
    assert len(key_id) == 8
    assert "hunter2" not in token
    assert encrypt("hunter2") != encrypt("hunter2")


def test_the_newest_key_encrypts_and_older_ones_still_decrypt(configure: Configure) -> None:
    old, new = new_key(), new_key()
    configure({"secrets.keys": [old]})
    of_old = encrypt("secret")
    configure({"secrets.keys": [new, old]})

    assert decrypt(of_old) == "secret"
    assert not is_current(of_old)
    rotated = rotate(of_old)
    assert is_current(rotated)
    assert rotate(rotated) == rotated
    configure({"secrets.keys": [new]})
    assert decrypt(rotated) == "secret"


def test_a_lost_key_is_named_and_asks_for_a_person(configure: Configure) -> None:
    configure({"secrets.keys": [new_key()]})
    cipher_text = encrypt("secret")
    configure({"secrets.keys": []})
    with pytest.raises(SecretUnreadable, match=f"needs the key {cipher_text[:8]}") as caught:
        decrypt(cipher_text)
    assert isinstance(caught.value, UserActionRequired)


@pytest.mark.parametrize("text", ["", "nonsense", ":", "a" * 500])
def test_a_text_that_was_never_encrypted_is_refused(text: str) -> None:
    with pytest.raises(SecretUnreadable) as caught:
        decrypt(text)
    assert len(str(caught.value)) < 120


def test_a_damaged_text_is_refused() -> None:
    cipher_text = encrypt("secret")
    with pytest.raises(SecretUnreadable, match="is damaged"):
        decrypt(cipher_text[:-4] + "AAAA")


def test_a_file_holds_a_key_a_line(configure: Configure, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    old = new_key()
    file.write_text(f"{old}\n")
    configure({"secrets.key_file": str(file)})
    of_old = encrypt("secret")
    file.write_text(f"{new_key()}\n{old}\n")
    configure({"secrets.key_file": str(file)})
    assert decrypt(of_old) == "secret"
    assert not is_current(of_old)


def test_without_a_key_of_its_own_a_site_uses_its_secret_key_and_can_change_it(settings: Any) -> None:
    settings.SECRET_KEY = "old" * 20
    cipher_text = encrypt("secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert decrypt(cipher_text) == "secret"
    assert is_current(rotate(cipher_text))
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SecretUnreadable):
        decrypt(cipher_text)


def test_the_first_key_of_its_own_makes_nothing_unreadable(configure: Configure) -> None:
    cipher_text = encrypt("secret")
    configure({"secrets.keys": [new_key()]})
    assert decrypt(cipher_text) == "secret"


def test_a_mask_tells_nothing() -> None:
    assert mask("short") == mask("a much longer secret")
    assert mask("") == ""
