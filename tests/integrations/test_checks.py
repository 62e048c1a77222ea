"""What a project lacks is told with the line to paste."""

from typing import Any

from dovetail.core.checks import check_requirements
from tests.integrations.shop import ShopIntegration

MIDDLEWARE = "dovetail.integrations.middleware.IntegrationsMiddleware"


def hints() -> list[str]:
    return [str(message.hint) for message in check_requirements()]


def test_a_missing_middleware_is_an_error_with_the_line(settings: Any) -> None:
    settings.MIDDLEWARE = [entry for entry in settings.MIDDLEWARE if entry != MIDDLEWARE]
    assert any(MIDDLEWARE in hint for hint in hints())


def test_a_missing_app_of_an_integration_is_an_error_with_the_line(shop: ShopIntegration, monkeypatch: Any) -> None:
    assert hints() == []
    monkeypatch.setattr(ShopIntegration, "requires_apps", ("shop.orders",))
    assert hints() == ['Append to INSTALLED_APPS: "shop.orders",']
