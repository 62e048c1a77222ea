"""A small integration for tests: a web shop whose answers a test decides."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
from django import forms
from django.dispatch import Signal
from django.http import HttpRequest

from dovetail.clients.client import Client
from dovetail.integrations.forms import ConnectionForm, IntegrationConfigForm, SecretField
from dovetail.integrations.hooks import SignalHook
from dovetail.integrations.integration import Account, Integration
from dovetail.integrations.models import Connection

PASSWORD = "correct horse battery staple"
ADDRESS = "https://shop.example.org"

order_shipped = Signal()


class ShopServer(httpx2.BaseTransport):
    """Answers as the shop would; tests set ``error`` or ``status`` to let it misbehave, ``meanwhile`` to act first."""

    meanwhile: Callable[[], object] | None = None
    error: Exception | None = None
    status: int | None = None

    def __init__(self) -> None:
        self.account = {"id": "7", "name": "Jo's shop"}
        self.requests: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if self.meanwhile is not None:
            self.meanwhile()
        if self.error is not None:
            raise self.error
        if self.status is not None:
            return httpx2.Response(self.status)
        if request.headers["authorization"] != httpx2.BasicAuth("jo", PASSWORD)._auth_header:
            return httpx2.Response(401)
        content = json.dumps(self.account)
        return httpx2.Response(200, content=content, headers={"content-type": "application/json"})


class ShopClient(Client):
    service = "shop"

    def check(self) -> Account:
        account = self.get_json("/account")
        return Account(id=account["id"], name=account["name"])


class ShopConnectionForm(ConnectionForm):
    address = forms.URLField(label="Address", assume_scheme="https")
    username = forms.CharField(label="User name")
    password = SecretField(label="Password")


class ShopConfigForm(IntegrationConfigForm):
    channel = forms.CharField(label="Channel")


class ShopIntegration(Integration):
    integration_id = "test.shop-1"
    name = "Web shop"
    description = "Sends the orders of a web shop."
    icon = "package"
    client = ShopClient
    connection_form = ShopConnectionForm
    config_form = ShopConfigForm
    default_settings = {"channel": "#orders"}

    demonstration: Mapping[str, Any] = {}
    start_error: Exception | None = None
    stop_error: Exception | None = None

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.server = ShopServer()
        self.shipped: list[Any] = []

    def initialize(self) -> None:
        SignalHook(self, order_shipped, self.on_order_shipped)
        if self.start_error:
            raise self.start_error

    def shutdown(self) -> None:
        if self.stop_error:
            raise self.stop_error

    def on_order_shipped(self, order: Any, **kwargs: Any) -> None:
        self.shipped.append(order)

    def build_client(self, connection: Connection, timeout: Any = None) -> Client:
        client = super().build_client(connection, timeout)
        client.transport = self.server
        return client

    def connection_initial(self, request: HttpRequest) -> Mapping[str, Any]:
        return self.demonstration


ENTERED = {"name": "Our shop", "address": ADDRESS, "username": "jo", "password": PASSWORD}


def connect_shop(**fields: Any) -> Connection:
    """Store a connection that works."""
    values: dict[str, Any] = {
        "integration_id": ShopIntegration.integration_id,
        "name": "Our shop",
        "address": ADDRESS,
        "settings": {"username": "jo"},
        "credentials": {"password": PASSWORD},
        "account_name": "Jo's shop",
    }
    return Connection.objects.create(**{**values, **fields})
