"""Who may see and do what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from dovetail.integrations.models import Connection, IntegrationConfig
from tests.integrations.conftest import user_with
from tests.integrations.shop import ENTERED, ShopIntegration, connect_shop
from tests.integrations.test_connect import page_of

PAGES: list[tuple[str, str, str]] = [
    ("get", "/integrations/", "view_connection"),
    ("get", "/integrations/connect/test.shop-1/", "add_connection"),
    ("post", "/integrations/connect/test.shop-1/", "add_connection"),
    ("get", "{connection}", "view_connection"),
    ("get", "{connection}edit/", "change_connection"),
    ("post", "{connection}edit/", "change_connection"),
    ("post", "{connection}test/", "change_connection"),
    ("get", "{connection}remove/", "delete_connection"),
    ("post", "{connection}remove/", "delete_connection"),
    ("get", "/integrations/configure/test.shop-1/", "add_integrationconfig"),
    ("post", "/integrations/configure/test.shop-1/", "add_integrationconfig"),
    ("get", "{config}", "change_integrationconfig"),
    ("post", "{config}", "change_integrationconfig"),
    ("get", "{config}delete/", "delete_integrationconfig"),
    ("post", "{config}delete/", "delete_integrationconfig"),
]
PERMISSIONS = sorted({permission for _, _, permission in PAGES})


@pytest.fixture
def address(shop: ShopIntegration, db: None) -> Callable[[str], str]:
    connection = page_of(connect_shop())
    config = IntegrationConfig.objects.create(integration_id=shop.integration_id, name="Orders")
    return lambda page: page.format(connection=connection, config=f"/integrations/configurations/{config.pk}/")


@pytest.mark.parametrize(("method", "page", "permission"), PAGES)
def test_a_page_opens_to_its_permission_only(
    method: str, page: str, permission: str, address: Callable[[str], str]
) -> None:
    def send(client: Client) -> Any:
        return getattr(client, method)(address(page), ENTERED if method == "post" else None)

    stranger, other, holder = Client(), Client(), Client()
    other.force_login(user_with(*(one for one in PERMISSIONS if one != permission), name="other"))
    holder.force_login(user_with(permission, name="holder"))
    sign_in = send(stranger)
    assert sign_in.status_code == 302
    assert sign_in["Location"].startswith("/sign-in/?next=")
    assert send(other).status_code == 403
    assert send(holder).status_code in (200, 302)


def test_what_a_person_may_not_do_is_not_offered(shop: ShopIntegration, db: None) -> None:
    connection = connect_shop()
    viewer = Client()
    viewer.force_login(user_with("view_connection"))
    catalogue = viewer.get("/integrations/").content.decode()
    assert "/connect/" not in catalogue
    assert "/configure/" not in catalogue
    page = viewer.get(page_of(connection)).content.decode()
    assert "edit/" not in page
    assert "remove/" not in page


@pytest.mark.parametrize(
    ("referer", "after"),
    [
        ("http://testserver/integrations/connections/x/", "http%3A//testserver/integrations/connections/x/"),
        ("https://evil.example/", "/integrations/"),
        ("", "/integrations/"),
    ],
)
def test_who_signs_in_again_comes_back_to_the_page_with_the_button(
    referer: str, after: str, shop: ShopIntegration, client: Client, db: None
) -> None:
    answer = client.post(page_of(connect_shop(), "test/"), headers={"referer": referer})
    assert answer["Location"].endswith(f"?next={after}")


def test_a_form_without_the_token_is_refused(shop: ShopIntegration, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user_with("change_connection"))
    assert strict.post(page_of(connect_shop(), "test/")).status_code == 403


def tenant_in_header(request: HttpRequest) -> str | None:
    return request.headers.get("X-Tenant")


def test_one_tenant_s_connection_is_not_there_for_another(
    shop: ShopIntegration, browser: Client, settings: Any
) -> None:
    settings.DOVETAIL = {"integrations.tenant": f"{__name__}.tenant_in_header"}
    mine, theirs = {"X-Tenant": "1"}, {"X-Tenant": "2"}
    browser.post("/integrations/connect/test.shop-1/", ENTERED, headers=mine)
    connection = Connection.objects.get()
    assert connection.tenant == "1"
    assert "Our shop" in browser.get("/integrations/", headers=mine).content.decode()
    assert "Our shop" not in browser.get("/integrations/", headers=theirs).content.decode()
    assert browser.get(page_of(connection), headers=theirs).status_code == 404
    assert browser.post(page_of(connection, "remove/"), headers=theirs).status_code == 404
    assert browser.get(page_of(connection), headers=mine).status_code == 200


def test_one_tenant_s_configuration_is_not_there_for_another(
    shop: ShopIntegration, browser: Client, settings: Any
) -> None:
    settings.DOVETAIL = {"integrations.tenant": f"{__name__}.tenant_in_header"}
    mine, theirs = {"X-Tenant": "1"}, {"X-Tenant": "2"}
    connection = connect_shop(tenant="1")
    values = {"name": "Orders", "channel": "#a", "connection": connection.pk}
    assert (
        "connection"
        in browser.post("/integrations/configure/test.shop-1/", values, headers=theirs).context["form"].errors
    )
    browser.post("/integrations/configure/test.shop-1/", values, headers=mine)
    page = f"/integrations/configurations/{IntegrationConfig.objects.get().pk}/"
    assert browser.get(page, headers=theirs).status_code == 404
    assert browser.get(f"{page}delete/", headers=theirs).status_code == 404
    assert browser.get(page, headers=mine).status_code == 200


def test_the_administration_shows_connections_without_secrets(shop: ShopIntegration, admin_client: Client) -> None:
    connection = connect_shop()
    page = admin_client.get(f"/admin/dovetail_integrations/connection/{connection.pk}/change/").content.decode()
    assert "Our shop" in page
    assert "battery" not in page
    assert "credentials" not in page.lower()
