"""The coffee machine's records arrive, stay as they are, and change when the machine's do."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection as database
from django.test import Client as Browser
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dovetail.connector.problem import Problem
from dovetail.connector.run import RunState
from dovetail.connector.work import work_on
from dovetail.core.errors import AuthenticationFailed
from dovetail.integrations.integration import Account
from dovetail.integrations.manager import get_integration_manager
from dovetail.integrations.models import Connection
from dovetail.services.coffee.models import Brew, BrewBinding, Supplier
from dovetail.services.coffee.streams import Brews, Suppliers
from dovetail.testing.servers.coffee import CoffeeServer
from tests.services.conftest import BREWS

pytestmark = pytest.mark.django_db
SUPPLIERS = 40


def test_all_brews_and_their_suppliers_arrive(machine_connection: Connection) -> None:
    run = Brews.sync(machine_connection, wait=True)
    assert (run.state, run.reason) == (RunState.COMPLETED, "")
    assert (run.created, run.updated, run.unchanged, run.total) == (BREWS, 0, 0, BREWS)
    assert (Brew.objects.count(), Supplier.objects.count()) == (BREWS, SUPPLIERS)
    brew = Brew.objects.select_related("supplier").get(name="Harrar Filter 7")
    assert (brew.price, str(brew.supplier)) == (Decimal("4.39"), "Sidamo Growers 8")
    binding = BrewBinding.objects.get(record=brew)
    assert (binding.external_id, binding.strength, binding.connection) == ("7", 7, machine_connection)


def test_the_second_sync_writes_nothing(machine_connection: Connection) -> None:
    Brews.sync(machine_connection, wait=True)
    with CaptureQueriesContext(
        database,
    ) as statements:
        run = Brews.sync(machine_connection, wait=True)
    assert (run.created, run.updated, run.unchanged) == (0, 0, BREWS)
    table = Brew._meta.db_table
    assert not [each["sql"] for each in statements if f'UPDATE "{table}"' in each["sql"]]


def test_a_brew_that_was_changed_at_the_machine_arrives_alone(
    machine: CoffeeServer, machine_connection: Connection
) -> None:
    Brews.sync(machine_connection, wait=True)
    machine.edit_brew(7, title="Decaf")
    run = Brews.sync(machine_connection, wait=True)
    assert (run.created, run.updated, run.unchanged) == (0, 1, BREWS - 1)
    assert BrewBinding.objects.get(external_id="7").record.name == "Decaf"


def test_suppliers_can_be_brought_in_by_themselves(machine_connection: Connection) -> None:
    run = Suppliers.sync(machine_connection, wait=True)
    assert run.created == SUPPLIERS
    assert Supplier.objects.get(name="Kona Growers 4").country == "Guatemala"


def test_a_brew_that_does_not_fit_is_set_aside(machine: CoffeeServer, machine_connection: Connection) -> None:
    machine.switch(bad_record=7)
    run = Brews.sync(machine_connection, wait=True)
    assert (run.state, run.created, run.problems) == (RunState.COMPLETED_WITH_PROBLEMS, BREWS - 1, 1)
    problem = Problem.objects.get()
    assert (problem.external_id, list(problem.reasons)) == ("7", ["price"])
    assert b'"price_cents": "free"' in bytes(problem.payload)


def test_each_brew_has_a_page_at_the_machine(machine: CoffeeServer, machine_connection: Connection) -> None:
    with work_on(machine_connection, Brews) as work:
        assert work.adapter().record_url("7") == f"{machine.url}/brews/7"
        assert work.adapter().record_url("a/b?c") == f"{machine.url}/brews/a%2Fb%3Fc"


def test_the_machine_tells_whose_account_it_is(machine_connection: Connection) -> None:
    integration = machine_connection.integration
    assert integration
    assert integration.test_connection(machine_connection) == Account(id="account-1", name="Barista")


def test_a_wrong_password_is_an_authentication_failure(machine_connection: Connection) -> None:
    machine_connection.credentials = {"password": "wrong"}
    integration = machine_connection.integration
    assert integration
    with pytest.raises(AuthenticationFailed):
        integration.test_connection(machine_connection)


@pytest.fixture
def browser() -> Browser:
    User.objects.create_superuser("operator", password="operators-password")
    browser = Browser()
    browser.login(username="operator", password="operators-password")
    return browser


def test_a_person_connects_the_demonstration_machine(machine: CoffeeServer, browser: Browser) -> None:
    page = reverse("dovetail_integrations:connect", args=["coffee"])
    entered = {"name": "Kitchen", "address": machine.url, "username": machine.username, "password": "wrong"}
    refused = browser.post(page, entered)
    assert list(refused.context["form"].errors) == ["password"]
    assert not Connection.objects.exists()

    browser.post(page, entered | {"password": machine.password})
    connection = Connection.objects.get()
    assert (connection.address, connection.account_name) == (machine.url, "Barista")
    assert machine.password not in browser.get(connection.get_absolute_url()).content.decode()


def test_demonstration_values_are_offered_only_where_there_is_a_demonstration() -> None:
    coffee = get_integration_manager().get_integration("coffee")
    assert coffee.connection_initial(None) == {}  # type: ignore[arg-type] # no request is looked at
    with override_settings(DOVETAIL={"coffee.demo_address": "http://127.0.0.1:8765"}):
        offered = coffee.connection_initial(None)  # type: ignore[arg-type] # no request is looked at
    assert (offered["address"], offered["username"]) == ("http://127.0.0.1:8765", CoffeeServer.username)
    assert offered["password"] == CoffeeServer.password
