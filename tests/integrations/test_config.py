"""Configuring an integration."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from dovetail.integrations.models import IntegrationConfig
from tests.integrations.shop import ShopConfigForm, ShopIntegration, connect_shop

ADD = "/integrations/configure/test.shop-1/"


def page_of(config: IntegrationConfig, page: str = "") -> str:
    return f"/integrations/configurations/{config.pk}/{page}"


def test_the_empty_form_shows_the_defaults(shop: ShopIntegration, browser: Client) -> None:
    form = browser.get(ADD).context["form"]
    assert (form["channel"].value(), form["enabled"].value()) == ("#orders", True)


def test_a_configuration_is_added_changed_and_deleted(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    values: dict[str, Any] = {"name": "Orders", "enabled": "on", "channel": "#sales", "connection": connection.pk}
    page = browser.post(ADD, values, follow=True).content.decode()
    assert "Orders was saved." in page
    config = IntegrationConfig.objects.get()
    assert (config.integration_id, config.enabled, config.connection) == (shop.integration_id, True, connection)
    assert config.settings == {"channel": "#sales"}
    browser.post(page_of(config), {"name": "All orders", "channel": "#all", "connection": connection.pk})
    config.refresh_from_db()
    assert (config.name, config.enabled, config.get("channel")) == ("All orders", False, "#all")
    assert "Delete All orders (Web shop)?" in browser.get(page_of(config, "delete/")).content.decode()
    browser.post(page_of(config, "delete/"))
    assert not IntegrationConfig.objects.exists()


def test_settings_that_the_form_does_not_know_survive(shop: ShopIntegration, browser: Client) -> None:
    connection = connect_shop()
    config = IntegrationConfig.objects.create(
        integration_id=shop.integration_id, name="Orders", settings={"old": 1}, connection=connection
    )
    browser.post(page_of(config), {"name": "Orders", "channel": "#a", "connection": connection.pk})
    config.refresh_from_db()
    assert config.settings == {"old": 1, "channel": "#a"}


def test_a_form_with_errors_is_not_saved(shop: ShopIntegration, browser: Client) -> None:
    assert "name" in browser.post(ADD, {}).context["form"].errors
    with pytest.raises(ValueError, match="errors"):
        ShopConfigForm(shop, RequestFactory().get("/"), data={}).save()


def test_a_row_that_was_chosen_is_stored_by_its_key(shop: ShopIntegration, browser: Client) -> None:
    from django import forms
    from django.contrib.auth.models import User

    class OwnerForm(ShopConfigForm):
        person = forms.ModelChoiceField(queryset=User.objects.all())

    person = User.objects.create_user("grace")
    values = {"name": "Orders", "channel": "#a", "person": person.pk, "connection": connect_shop().pk}
    config = OwnerForm(shop, RequestFactory().get("/"), data=values).save()
    assert config.get("person") == person.pk


def test_a_configuration_whose_code_is_missing_can_be_deleted(browser: Client) -> None:
    config = IntegrationConfig.objects.create(integration_id="gone", name="Old")
    assert "Old" in browser.get("/integrations/").content.decode()
    assert browser.get(page_of(config)).status_code == 404
    assert browser.post(page_of(config, "delete/")).status_code == 302
    assert not IntegrationConfig.objects.exists()


def test_the_only_connection_is_chosen_already(shop: ShopIntegration, browser: Client) -> None:
    assert "Connect an account first" in browser.get(ADD).content.decode()
    connection = connect_shop()
    assert browser.get(ADD).context["form"]["connection"].value() == connection.pk
