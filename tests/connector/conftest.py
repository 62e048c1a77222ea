"""A connected shop, and people with permissions."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from dovetail.integrations.manager import get_integration_manager
from dovetail.integrations.models import Connection
from dovetail.testing.clock import FrozenClock, use_clock
from tests.connector.shop import ADDRESS, ShopIntegration, ShopServer


@pytest.fixture
def shop() -> Iterator[ShopServer]:
    """A shop without records; its integration is in the default manager."""
    manager = get_integration_manager()
    manager.register_integration_class(ShopIntegration)
    ShopIntegration.server = ShopServer()
    yield ShopIntegration.server
    manager.unregister_integration_class(ShopIntegration)


@pytest.fixture
def connection(db: None, shop: ShopServer) -> Connection:
    """An account of the shop."""
    return Connection.objects.create(integration_id="shop", name="Corner shop", address=ADDRESS)


@pytest.fixture
def frozen() -> Iterator[FrozenClock]:
    """A clock that moves only when somebody sleeps."""
    with use_clock(FrozenClock()) as clock:
        yield clock


@pytest.fixture
def user(db: None) -> User:
    """Someone who may do everything with runs, problems and records."""
    user = User.objects.create_user("ada")
    labels = ("dovetail_connector", "dovetail_integrations", "connector_app")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=labels))
    return user


@pytest.fixture
def browser(user: User) -> Client:
    """The browser of that user."""
    client = Client()
    client.force_login(user)
    return client
