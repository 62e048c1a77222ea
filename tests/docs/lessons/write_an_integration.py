"""A shop is connected in the pages, called, told of orders, and removed."""

from contextlib import ExitStack
from typing import Any

from shop.messages import order_shipped, posted
from shop.models import Order, Organisation

from dovetail.integrations.models import Connection, IntegrationConfig
from dovetail.testing.jobs import run_jobs
from dovetail.testing.servers.faults import FaultServer, Reply
from tests.docs.visitor import Visitor

server = ExitStack().enter_context(FaultServer())
visitor = Visitor()


def given() -> dict[str, Any]:
    server.plan("/account", Reply(401), Reply(json={"id": 7, "name": "Jo's shop"}))
    server.plan("/orders", Reply(json=[{"id": 1}]))
    refused = visitor.connect("shop", address=server.url, username="jo", password="wrong")
    assert "Web shop refused these credentials" in refused
    visitor.connect("shop", address=server.url, username="jo", password="secret")
    return {"connection": Connection.objects.get()}


def then(names: dict[str, Any]) -> None:
    assert names["orders"] == [{"id": 1}]
    assert names["connection"].account_name == "Jo's shop"
    visitor.connect("wholesale", address=server.url, api_key="a-key")
    assert server.seen[-1].headers["x-shop-key"] == "a-key"

    order = Order.objects.create(organisation=Organisation.objects.create(name="Acme"), connection=names["connection"])
    a_message_is_posted_while_a_configuration_is_enabled(order)
    the_connection_shows_its_orders_and_takes_them_along(order, names["connection"])


def a_message_is_posted_while_a_configuration_is_enabled(order: Order) -> None:
    order_shipped.send(Order, order=order)
    assert run_jobs() == []
    assert 'value="#orders"' in visitor.get("/integrations/configure/shop-news/")
    visitor.connect("shop-news", address=server.url, username="jo", password="secret")
    account = str(Connection.objects.get(integration_id="shop-news").pk)
    visitor.post("/integrations/configure/shop-news/", name="All", enabled="on", channel="#all", connection=account)
    config = IntegrationConfig.objects.get()
    assert config.get("channel") == "#all"

    visitor.get("/integrations/")
    order_shipped.send(Order, order=order)
    run_jobs()
    assert posted == [(config.pk, order.pk)]


def the_connection_shows_its_orders_and_takes_them_along(order: Order, connection: Connection) -> None:
    assert f"<li>{order}</li>" in visitor.get(connection.get_absolute_url())
    remove = f"{connection.get_absolute_url()}remove/"
    assert "1 orders are deleted." in visitor.get(remove)
    visitor.post(remove)
    assert not Order.objects.exists()
