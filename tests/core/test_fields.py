"""Fields for secrets and for ids of outside systems."""

import pickle
from collections.abc import Callable

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from django.forms import modelform_factory

from dovetail.core.errors import ProgrammingMistake, SecretUnreadable
from dovetail.core.fields import EncryptedJSONField, ExternalIdField
from dovetail.core.secrets import new_key
from tests.core.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]

Configure = Callable[..., None]
PASSWORD = "correct horse"


def make_account() -> Account:
    Account.objects.create(external_id="1", note="a note", credentials={"password": PASSWORD, "scopes": ["a", "b"]})
    return Account.objects.get()


def stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM core_tests_account")
        return str(cursor.fetchone()[0])


def test_values_come_back_as_they_were() -> None:
    account = make_account()
    assert account.note == "a note"
    assert account.credentials == {"password": PASSWORD, "scopes": ["a", "b"]}


def test_the_database_holds_no_secret() -> None:
    make_account()
    assert PASSWORD not in stored("credentials")
    assert "password" not in stored("credentials")
    assert "note" not in stored("note")


def test_secrets_do_not_show_themselves() -> None:
    account = make_account()
    for shown in (repr(account.credentials), repr(account.credentials["password"]), repr(account.__dict__)):
        assert PASSWORD not in shown
    assert repr(account.credentials) == "{'password': '********', 'scopes': '********'}"
    assert f"{account.credentials['password']}" == PASSWORD


def test_secrets_that_are_not_saved_yet_do_not_show_themselves_either() -> None:
    account = Account(credentials={"password": PASSWORD}, note=PASSWORD)
    assert PASSWORD not in repr(account.__dict__)
    account.credentials = {"password": PASSWORD}
    assert PASSWORD not in repr(vars(account))


def test_a_row_whose_key_is_lost_can_be_loaded_saved_and_removed(configure: Configure) -> None:
    configure({"secrets.keys": [new_key()]})
    make_account()
    before = stored("credentials")
    configure({"secrets.keys": []})

    account = Account.objects.get()
    account.external_id = "2"
    account.save()

    assert stored("credentials") == before
    with pytest.raises(SecretUnreadable):
        _ = account.credentials
    account.delete()


def test_a_row_whose_key_is_lost_takes_new_secrets(configure: Configure) -> None:
    configure({"secrets.keys": [new_key()]})
    make_account()
    configure({"secrets.keys": []})
    account = Account.objects.get()
    account.credentials = {"password": "new"}
    account.save()
    assert Account.objects.get().credentials == {"password": "new"}


def test_a_change_inside_the_dictionary_is_saved() -> None:
    account = make_account()
    account.credentials["password"] = "new"
    account.save()
    assert Account.objects.get().credentials["password"] == "new"


def test_nothing_is_stored_as_nothing() -> None:
    Account.objects.create(external_id="1")
    account = Account.objects.get()
    assert (stored("note"), stored("credentials")) == ("", "")
    assert (account.note, account.credentials) == ("", {})


def test_values_are_given_out_still_encrypted() -> None:
    make_account()
    assert PASSWORD not in str(Account.objects.values("credentials").get())


def test_a_deferred_secret_is_loaded_when_it_is_read() -> None:
    make_account()
    assert Account.objects.defer("credentials").get().credentials["password"] == PASSWORD


def test_the_database_cannot_be_asked_for_a_secret() -> None:
    with pytest.raises(FieldError):
        Account.objects.filter(note="a note").exists()
    assert not Account.objects.filter(note__isnull=True).exists()


def test_a_form_made_from_the_model_has_no_secret() -> None:
    assert list(modelform_factory(Account, fields="__all__").base_fields) == ["external_id"]


@pytest.mark.parametrize("kind", ["json", "python", "xml"])
def test_a_dump_holds_no_secret(kind: str) -> None:
    assert PASSWORD not in str(serializers.serialize(kind, [make_account()]))


def test_what_is_dumped_can_be_loaded() -> None:
    make_account()
    field = Account._meta.get_field("credentials")
    dumped = field.value_to_string(Account.objects.get())
    loaded = Account(external_id="2", credentials=field.to_python(dumped))
    loaded.save()
    assert Account.objects.get(external_id="2").credentials["password"] == PASSWORD


def test_a_text_with_a_colon_is_no_cipher_text() -> None:
    Account.objects.create(external_id="1", note="http://example.com")
    account = Account.objects.get()
    account.full_clean()
    assert account.note == "http://example.com"


def test_only_objects_are_stored_as_json() -> None:
    with pytest.raises(ProgrammingMistake, match="credentials holds a JSON object, not a list"):
        Account.objects.create(external_id="1", credentials=["password"])


def test_a_pickled_row_holds_no_secret_until_it_is_read() -> None:
    make_account()
    assert PASSWORD.encode() not in pickle.dumps(Account.objects.get().__dict__["credentials"])


def test_a_migration_names_only_what_was_declared() -> None:
    field = EncryptedJSONField("credentials", default=dict)
    _, path, args, kwargs = field.deconstruct()
    assert (path, args, kwargs) == (
        "dovetail.core.fields.EncryptedJSONField",
        [],
        {"verbose_name": "credentials", "default": dict},
    )
    assert ExternalIdField().deconstruct()[3] == {}


def test_ids_are_equal_only_byte_by_byte() -> None:
    for external_id in ("Ab", "aB", "ab", "ab ", "\u00e9", "e\u0301"):
        Account.objects.create(external_id=external_id)
    assert Account.objects.get(external_id="aB").external_id == "aB"
    assert list(Account.objects.order_by("external_id").values_list("external_id", flat=True)) == [
        "Ab", "aB", "ab", "ab ", "e\u0301", "\u00e9",
    ]  # fmt: skip


def test_ids_are_text_whatever_they_are_given_as() -> None:
    Account.objects.create(external_id=7)
    assert Account.objects.get(external_id="7").external_id == "7"
