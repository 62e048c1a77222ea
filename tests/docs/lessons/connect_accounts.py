"""Two tenants do not see each other's accounts, and two organisations not each other's configurations."""

import re
from typing import Any

from django.contrib.auth.models import Permission
from shop.models import Organisation, ShopIntegrationConfig

from dovetail.integrations.models import Connection
from dovetail.testing.servers.coffee import CoffeeServer
from tests.docs.blocks import ROOT
from tests.docs.visitor import Visitor

PAGE = ROOT / "docs/how-to/connect-accounts.md"


def given() -> dict[str, Any]:
    return {}


def then(names: dict[str, Any]) -> None:
    each_permission_in_the_table_exists()
    visitor = Visitor()
    a_connection_belongs_to_the_tenant_of_who_made_it(visitor)
    a_configuration_is_seen_by_its_organisation(visitor)


def each_permission_in_the_table_exists() -> None:
    known = {f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")}
    named = set(re.findall(r"`(dovetail_\w+\.\w+)`", PAGE.read_text()))
    assert len(named) >= 10
    assert named <= known


def a_connection_belongs_to_the_tenant_of_who_made_it(visitor: Visitor) -> None:
    with CoffeeServer(brews=1) as machine:
        visitor.host = "acme.localhost"
        page = visitor.connect("coffee", address=machine.url, username=machine.username, password=machine.password)
    assert "Connected" in page
    connection = Connection.objects.get()
    assert connection.tenant == "acme"
    visitor.get(connection.get_absolute_url())

    visitor.host = "other.localhost"
    visitor.get(connection.get_absolute_url(), status=404)
    assert connection.get_absolute_url() not in visitor.get("/integrations/")


def a_configuration_is_seen_by_its_organisation(visitor: Visitor) -> None:
    for name in ("acme.localhost", "other.localhost"):
        Organisation.objects.create(name=name)
    visitor.host = "acme.localhost"
    visitor.post("/pagers/configure/pager/", name="Night shift", enabled="on", number="4711")

    config = ShopIntegrationConfig.objects.get()
    assert (config.organisation.name, config.get("number")) == ("acme.localhost", "4711")
    assert "Night shift" in visitor.get("/pagers/")
    visitor.get(f"/pagers/configurations/{config.pk}/")
    visitor.host = "other.localhost"
    assert "Night shift" not in visitor.get("/pagers/")
    visitor.get(f"/pagers/configurations/{config.pk}/", status=404)
