"""The page of a connection: testing, panels, removing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dovetail.core.errors import UnknownName
from dovetail.integrations.models import Connection, ConnectionState, IntegrationConfig
from dovetail.integrations.panels import Panel, panels
from dovetail.integrations.removals import Removal, removals
from tests.integrations.shop import ENTERED, ShopIntegration, connect_shop
from tests.integrations.test_connect import page_of


def test_a_connection_makes_a_client_with_its_address_credentials_and_scope(shop: ShopIntegration, db: None) -> None:
    connection = connect_shop()
    with connection.client(timeout=3) as client:
        assert client.get_json("/account")["id"] == "7"
    assert connection.scope == f"connection:{connection.uuid}"


def test_a_connection_without_its_code_has_no_client_but_a_page(browser: Client) -> None:
    connection = connect_shop(integration_id="gone")
    assert connection.integration is None
    with pytest.raises(UnknownName, match="gone"):
        connection.client()
    page = browser.get(page_of(connection)).content.decode()
    assert "No installed app has the integration “gone” any more" in page
    assert "Test connection" not in page
    assert "Code is missing" in browser.get("/integrations/").content.decode()
    assert browser.get(page_of(connection, "edit/")).status_code == 404
    assert browser.post(page_of(connection, "remove/")).status_code == 302
    assert not Connection.objects.exists()


def test_a_mark_is_saved_with_its_reason_and_the_time(db: None) -> None:
    connection = connect_shop()
    connection.mark("needs_reconnect", "The token was revoked.")
    stored = Connection.objects.get()
    assert (stored.state, stored.reason) == (ConnectionState.NEEDS_RECONNECT, "The token was revoked.")
    assert stored.checked_at == connection.checked_at
    with pytest.raises(ValueError, match="unheard"):
        connection.mark("unheard")


def test_a_failed_test_shows_the_reason_and_a_later_one_clears_it(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    shop.server.status = 401
    page = browser.post(page_of(connection, "test/"), follow=True).content.decode()
    assert page.count("Web shop refused these credentials.") == 1
    assert "Reconnect" in page
    connection.refresh_from_db()
    assert connection.state == ConnectionState.NEEDS_RECONNECT
    shop.server.status = None
    browser.post(page_of(connection, "test/"))
    connection.refresh_from_db()
    assert (connection.state, connection.reason) == (ConnectionState.CONNECTED, "")


def test_a_test_is_only_made_by_post(shop: ShopIntegration, browser: Client) -> None:
    assert browser.get(page_of(connect_shop(), "test/")).status_code == 405
    assert shop.server.requests == []


@pytest.mark.parametrize("page", ["test/", "edit/"])
def test_a_connection_that_is_removed_while_it_is_tried_stays_removed(
    shop: ShopIntegration, browser: Client, page: str
) -> None:
    connection = connect_shop()
    shop.server.meanwhile = Connection.objects.all().delete
    entered = {**ENTERED, "password": ""}
    assert browser.post(page_of(connection, page), entered).status_code == 404
    assert not Connection.objects.exists()


def test_a_mark_on_a_connection_that_was_removed_is_forgotten(db: None) -> None:
    connection = connect_shop()
    Connection.objects.all().delete()
    connection.mark("unreachable", "No answer.")
    assert not Connection.objects.exists()


def test_a_test_leaves_alone_what_was_edited_meanwhile(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    shop.server.meanwhile = lambda: Connection.objects.update(name="Their shop", address="https://new.example.org")
    browser.post(page_of(connection, "test/"))
    stored = Connection.objects.get()
    assert (stored.name, stored.address) == ("Their shop", "https://new.example.org")


@pytest.fixture
def orders_panel() -> Iterator[None]:
    def context(request: Any, connection: Connection) -> dict[str, str]:
        return {"title": f"Orders of {connection.name}", "icon": "layers"}

    panels.add("test", Panel(key="test", template="dovetail/ui/empty_state.html", context=context, order=1))
    yield
    panels.remove("test")


def test_another_room_s_panel_is_on_the_page(shop: ShopIntegration, browser: Client, orders_panel: None) -> None:
    assert "Orders of Our shop" in browser.get(page_of(connect_shop())).content.decode()


@pytest.fixture
def users_removal() -> Iterator[None]:
    """A room that keeps users for a connection, named after it."""

    def describe(connection: Connection) -> list[str]:
        return [f"{User.objects.filter(username=connection.name).count()} user is removed."]

    def remove(connection: Connection) -> None:
        User.objects.filter(username=connection.name).delete()

    removals.add("test", Removal(key="test", describe=describe, remove=remove))
    yield
    removals.remove("test")


def test_removing_says_first_what_goes_and_then_removes_it(
    shop: ShopIntegration, browser: Client, users_removal: None
) -> None:
    connection = connect_shop()
    User.objects.create_user("Our shop")
    page = browser.get(page_of(connection, "remove/")).content.decode()
    assert "Remove Our shop?" in page
    assert "1 user is removed." in page
    response = browser.post(page_of(connection, "remove/"), follow=True)
    assert "Our shop was removed." in response.content.decode()
    assert not Connection.objects.exists()
    assert not User.objects.filter(username="Our shop").exists()


def test_a_connection_in_use_is_not_removed(shop: ShopIntegration, browser: Client, users_removal: None) -> None:
    connection = connect_shop()
    User.objects.create_user("Our shop")
    IntegrationConfig.objects.create(integration_id=shop.integration_id, name="Orders", connection=connection)
    for send in (browser.get, browser.post):
        page = send(page_of(connection, "remove/"), follow=True).content.decode()
        assert "This connection is used by Orders." in page
    assert Connection.objects.exists()
    assert User.objects.filter(username="Our shop").exists()
