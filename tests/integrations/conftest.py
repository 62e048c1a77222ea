"""The shop in the default manager, and people with and without permissions."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from dovetail.core.clock import use_clock
from dovetail.integrations.manager import get_integration_manager
from tests.integrations.clock import StillClock
from tests.integrations.shop import ShopIntegration


@pytest.fixture
def shop() -> Iterator[ShopIntegration]:
    manager = get_integration_manager()
    integration = manager.register_integration_class(ShopIntegration)
    assert isinstance(integration, ShopIntegration)
    yield integration
    manager.unregister_integration_class(ShopIntegration)


def user_with(*permissions: str, name: str = "ada") -> User:
    """Make a user with permissions such as ``"view_connection"``."""
    user = User.objects.create_user(name)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="dovetail_integrations", codename__in=permissions)
    )
    return user


@pytest.fixture
def browser(db: None) -> Client:
    """A browser whose user may do everything here."""
    models = ("connection", "integrationconfig")
    client = Client()
    client.force_login(
        user_with(*(f"{verb}_{model}" for model in models for verb in ("view", "add", "change", "delete")))
    )
    return client


@pytest.fixture
def still() -> Iterator[StillClock]:
    """Time that passes only when somebody waits for it."""
    with use_clock(StillClock()) as clock:
        yield clock
