"""Connecting an account in the browser: tried first, saved then, secrets never shown."""

from typing import Any

import httpx2
import pytest
from django.contrib.auth.models import User
from django.db import connection as database
from django.test import Client

from dovetail.integrations.models import Connection, ConnectionState
from tests.integrations.clock import StillClock
from tests.integrations.shop import ADDRESS, ENTERED, PASSWORD, ShopIntegration, connect_shop

CONNECT = "/integrations/connect/test.shop-1/"


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def page_of(connection: Connection, page: str = "") -> str:
    return f"/integrations/connections/{connection.uuid}/{page}"


def test_an_account_that_answers_is_saved_with_its_name(shop: ShopIntegration, browser: Client) -> None:
    response = browser.post(CONNECT, ENTERED, follow=True)
    connection = Connection.objects.get()
    assert response.redirect_chain == [(page_of(connection), 302)]
    assert "Connected as Jo&#x27;s shop." in response.content.decode()
    assert (connection.account_id, connection.account_name) == ("7", "Jo's shop")
    assert (connection.state, connection.address) == (ConnectionState.CONNECTED, ADDRESS)
    assert connection.settings == {"username": "jo"}
    assert connection.credentials == {"password": PASSWORD}
    assert connection.checked_at is not None
    assert connection.created_by is not None


def test_an_account_is_saved_whatever_the_service_calls_it(shop: ShopIntegration, browser: Client) -> None:
    shop.server.account = {"id": "7\0", "name": "J\0o\ud800" + "h" * 300}
    browser.post(CONNECT, ENTERED)
    connection = Connection.objects.get()
    assert (connection.account_id, connection.account_name) == ("7", "Jo" + "h" * 253)


def test_a_wrong_password_is_refused_at_its_field_and_nothing_is_saved(shop: ShopIntegration, browser: Client) -> None:
    response = browser.post(CONNECT, {**ENTERED, "password": "not this one"})
    assert errors(response) == {"password": ["Web shop refused these credentials. Check them and try again."]}
    assert not Connection.objects.exists()
    page = response.content.decode()
    assert "not this one" not in page
    assert f'value="{ADDRESS}"' in page


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (httpx2.ConnectError("refused"), "Web shop cannot be reached at this address."),
        (httpx2.ReadTimeout("slow"), "Web shop did not answer in time."),
    ],
)
def test_an_address_that_does_not_answer_is_refused_at_its_field(
    error: Exception, sentence: str, shop: ShopIntegration, browser: Client, still: StillClock
) -> None:
    shop.server.error = error
    response = browser.post(CONNECT, ENTERED)
    assert errors(response) == {"address": [sentence]}
    assert not Connection.objects.exists()
    assert still.seconds <= 10


def test_an_address_at_which_there_is_no_such_service_is_refused_at_its_field(
    shop: ShopIntegration, browser: Client
) -> None:
    shop.server.status = 404
    response = browser.post(CONNECT, ENTERED)
    assert errors(response) == {"address": ["Web shop is not to be found at this address. Check the whole of it."]}


@pytest.mark.parametrize("user", ["jo:typed", "token-4711"])
def test_an_address_with_credentials_in_it_is_refused_before_it_is_stored_and_shown(
    user: str, shop: ShopIntegration, browser: Client
) -> None:
    response = browser.post(CONNECT, {**ENTERED, "address": f"https://{user}@shop.example.org"})
    assert errors(response) == {"address": ["Leave out the user name and password; they have fields of their own."]}
    assert shop.server.requests == []
    assert not Connection.objects.exists()


def test_another_failure_is_told_above_the_form(shop: ShopIntegration, browser: Client) -> None:
    shop.server.status = 403
    response = browser.post(CONNECT, ENTERED)
    assert list(errors(response)) == ["__all__"]
    assert not Connection.objects.exists()


def test_nothing_is_asked_of_the_service_while_fields_are_empty(shop: ShopIntegration, browser: Client) -> None:
    response = browser.post(CONNECT, {})
    assert set(errors(response)) == {"name", "address", "username", "password"}
    assert shop.server.requests == []


def test_the_browser_is_asked_to_fill_nothing_in(shop: ShopIntegration, browser: Client) -> None:
    form = browser.get(CONNECT).context["form"]
    assert {str(field.field.widget.attrs["autocomplete"]) for field in form} == {"off", "new-password"}


def test_a_stored_secret_is_in_no_page_and_not_in_the_database_s_text(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    pages = ["/integrations/", page_of(connection), page_of(connection, "edit/"), page_of(connection, "remove/")]
    for page in pages:
        assert PASSWORD not in browser.get(page).content.decode()
    with database.cursor() as cursor:
        cursor.execute("SELECT * FROM dovetail_integrations_connection")
        assert PASSWORD not in str(cursor.fetchall())
    assert PASSWORD not in repr(connection.credentials)
    assert PASSWORD not in repr(vars(Connection.objects.get()))


def test_an_edit_that_leaves_the_secret_empty_keeps_it(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    response = browser.post(page_of(connection, "edit/"), {**ENTERED, "name": "Renamed", "password": ""})
    assert response.status_code == 302
    connection.refresh_from_db()
    assert (connection.name, connection.credentials) == ("Renamed", {"password": PASSWORD})


def test_a_new_address_asks_for_the_secret_again_before_anything_is_sent(
    shop: ShopIntegration, browser: Client
) -> None:
    connection = connect_shop()
    entered = {**ENTERED, "address": "https://elsewhere.example.org", "password": ""}
    response = browser.post(page_of(connection, "edit/"), entered)
    assert errors(response) == {"password": ["Enter this again: it would be sent to another address than before."]}
    assert shop.server.requests == []
    assert browser.post(page_of(connection, "edit/"), {**entered, "password": PASSWORD}).status_code == 302


def test_a_refused_edit_leaves_the_connection_as_it_was(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    browser.post(page_of(connection, "edit/"), {**ENTERED, "name": "Renamed", "password": "wrong"})
    connection.refresh_from_db()
    assert (connection.name, connection.credentials) == ("Our shop", {"password": PASSWORD})


def test_credentials_whose_key_is_lost_are_asked_for_again(
    shop: ShopIntegration, browser: Client, settings: Any
) -> None:
    connection = connect_shop()
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    browser.force_login(User.objects.get())
    response = browser.post(page_of(connection, "test/"), follow=True)
    assert "cannot be read any more" in response.content.decode()
    assert browser.get("/integrations/").status_code == 200
    assert 'placeholder="Unchanged"' not in browser.get(page_of(connection, "edit/")).content.decode()
    assert browser.post(page_of(connection, "edit/"), ENTERED).status_code == 302
    assert Connection.objects.get().credentials == {"password": PASSWORD}


def test_demonstration_values_are_offered_and_then_filled_in(shop: ShopIntegration, browser: Client) -> None:
    shop.demonstration = {"address": ADDRESS, "username": "jo", "password": "public-demo"}
    offer = browser.get(CONNECT).content.decode()
    assert "Use demonstration values" in offer
    assert "public-demo" not in offer
    filled = browser.get(f"{CONNECT}?demo=1").content.decode()
    assert 'value="public-demo"' in filled
    assert "Use demonstration values" not in filled


def test_what_was_typed_as_a_secret_is_not_shown_even_when_a_demonstration_runs(
    shop: ShopIntegration, browser: Client
) -> None:
    shop.demonstration = {"password": "public-demo"}
    page = browser.post(f"{CONNECT}?demo=1", {**ENTERED, "password": "typed by hand"}).content.decode()
    assert "typed by hand" not in page
    assert "public-demo" not in page


@pytest.mark.parametrize("integration_id", ["nowhere", "not there", "a.b-c"])
def test_an_unknown_integration_is_not_found(browser: Client, integration_id: str) -> None:
    assert browser.get(f"/integrations/connect/{integration_id}/").status_code == 404


def test_a_second_connection_is_offered_a_name_that_is_free(shop: ShopIntegration, browser: Client) -> None:
    connect_shop(name="Web shop")
    assert browser.get(CONNECT).context["form"]["name"].value() == "Web shop 2"
