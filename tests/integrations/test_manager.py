"""Registering integrations, and keeping them enabled as the configurations say."""

from typing import Any

import pytest

from dovetail.core.errors import DuplicateName, ProgrammingMistake, UnknownName
from dovetail.integrations.integration import Integration
from dovetail.integrations.lifecycle import LifecycleState
from dovetail.integrations.manager import IntegrationManager, find_integration, get_integration_manager
from dovetail.integrations.models import Connection, IntegrationConfig
from tests.integrations.clock import StillClock
from tests.integrations.shop import ShopIntegration, order_shipped


def enable(enabled: bool = True) -> IntegrationConfig:
    return IntegrationConfig.objects.create(
        integration_id=ShopIntegration.integration_id, name="Orders", enabled=enabled
    )


def test_a_registered_class_has_one_disabled_instance(shop: ShopIntegration) -> None:
    manager = get_integration_manager()
    assert manager.get_integration("test.shop-1") is shop
    assert shop in manager.get_integrations()
    assert not shop.enabled


def test_an_id_is_taken_once(shop: ShopIntegration) -> None:
    with pytest.raises(DuplicateName):
        get_integration_manager().register_integration_class(ShopIntegration)


def test_a_class_without_an_id_gets_its_dotted_path_and_a_subclass_its_own() -> None:
    class Nameless(ShopIntegration):
        pass

    assert Nameless.integration_id.endswith("Nameless")
    assert ShopIntegration.integration_id == "test.shop-1"


def test_a_missing_integration_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownName, match=r"test\.shop-1"):
        get_integration_manager().get_integration("test.shop-1")
    assert find_integration("test.shop-1") is None


def test_an_integration_of_another_manager_is_found() -> None:
    manager = IntegrationManager(IntegrationConfig)
    integration = manager.register_integration_class(ShopIntegration)
    assert find_integration("test.shop-1") is integration
    manager.shutdown()
    assert manager.get_integrations() == []


@pytest.mark.django_db
def test_an_integration_runs_while_a_configuration_is_enabled(shop: ShopIntegration) -> None:
    config = enable()
    get_integration_manager().refresh()
    order_shipped.send(None, order=1)
    IntegrationConfig.objects.filter(pk=config.pk).update(enabled=False)
    get_integration_manager().refresh()
    order_shipped.send(None, order=2)
    assert shop.shipped == [1]


@pytest.mark.django_db
def test_refreshing_twice_starts_once(shop: ShopIntegration) -> None:
    enable()
    get_integration_manager().refresh()
    get_integration_manager().refresh()
    order_shipped.send(None, order=1)
    assert shop.shipped == [1]


@pytest.mark.django_db
def test_a_request_starts_what_was_enabled(shop: ShopIntegration, client: Any) -> None:
    enable()
    client.get("/admin/login/")
    assert shop.enabled


@pytest.mark.django_db
def test_a_failing_start_breaks_no_request_and_leaves_no_hook(shop: ShopIntegration, client: Any) -> None:
    shop.start_error = RuntimeError("no printer")
    enable()
    assert client.get("/admin/login/").status_code == 200
    order_shipped.send(None, order=1)
    assert (shop.lifecycle.state, shop.lifecycle.reason) == (LifecycleState.FAILED, "no printer")
    assert shop.shipped == []


@pytest.mark.django_db
def test_a_failed_start_is_tried_again_after_a_while(shop: ShopIntegration, still: StillClock) -> None:
    shop.start_error = RuntimeError("no printer")
    enable()
    get_integration_manager().refresh()
    shop.start_error = None
    still.advance(4)
    get_integration_manager().refresh()
    assert not shop.enabled
    still.advance(2)
    get_integration_manager().refresh()
    assert shop.enabled


@pytest.mark.django_db
def test_a_failing_stop_still_releases_the_hooks(shop: ShopIntegration) -> None:
    config = enable()
    get_integration_manager().refresh()
    shop.stop_error = RuntimeError("stuck")
    config.delete()
    get_integration_manager().refresh()
    order_shipped.send(None, order=1)
    assert shop.shipped == []
    assert not shop.enabled


@pytest.mark.django_db
def test_an_error_in_a_receiver_does_not_reach_the_sender(shop: ShopIntegration) -> None:
    enable()
    get_integration_manager().refresh()
    order_shipped.send(None)  # without the order that the receiver needs


@pytest.mark.django_db
def test_only_enabled_configurations_of_the_integration_are_returned(shop: ShopIntegration) -> None:
    mine = enable()
    enable(enabled=False)
    IntegrationConfig.objects.create(integration_id="other", name="Other", enabled=True)
    assert list(shop.get_configs()) == [mine]
    assert list(shop.get_configs(owner=None)) == [mine]


@pytest.mark.django_db
def test_a_setting_falls_back_to_the_integration_s_default(shop: ShopIntegration) -> None:
    config = enable()
    assert (config.get("channel"), config.get("volume", 3)) == ("#orders", 3)
    config.set("channel", "#mine")
    assert config.get("channel") == "#mine"


@pytest.mark.django_db
def test_a_configuration_whose_code_is_missing_still_answers() -> None:
    config = IntegrationConfig(integration_id="gone", name="Old", settings={"channel": "#x"})
    assert (str(config), config.get("channel"), config.get("volume", 3)) == ("Old (gone)", "#x", 3)


def test_an_integration_without_a_client_says_so() -> None:
    class Silent(Integration):
        pass

    with pytest.raises(ProgrammingMistake, match="Silent names no client"):
        Silent(get_integration_manager()).build_client(Connection(integration_id="x"))
