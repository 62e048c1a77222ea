"""The page on testing names all there is to test with, and its tests pass."""

import inspect
from importlib import import_module
from typing import Any

import pytest

from tests.docs.blocks import ROOT
from tests.docs.reader import read

DOCUMENT = "docs/reference/testing.md"
MODULES = ("clock", "jobs", "state", "transport", "servers.coffee.server", "servers.faults", "servers.roundup.tracker")


@pytest.fixture
def page() -> dict[str, Any]:
    """The names that the page defines."""
    names: dict[str, Any] = {"__name__": "page"}
    read(DOCUMENT, names)
    return names


@pytest.mark.parametrize("name", MODULES)
def test_the_page_names_each_public_thing(name: str) -> None:
    module = import_module(f"dovetail.testing.{name}")
    own = {
        key
        for key, value in vars(module).items()
        if not key.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
        and not inspect.ismodule(value)
    }
    text = (ROOT / DOCUMENT).read_text()
    assert own
    assert {key for key in own if key not in text} == set()


def test_the_fake_transport_and_the_clock_are_as_shown(page: dict[str, Any]) -> None:
    page["test_a_call_is_repeated_after_the_time_that_the_service_asks_for"]()


@pytest.mark.process
def test_the_jobs_are_as_shown(page: dict[str, Any], db: None) -> None:
    page["test_a_run_waits_while_the_machine_is_down"](db)


def test_the_fault_server_is_as_shown(page: dict[str, Any]) -> None:
    page["test_a_service_that_drips_is_given_up"]()


def test_the_contract_is_as_shown(page: dict[str, Any]) -> None:
    contract = page["TestMyState"]()
    tests = [test for name, test in inspect.getmembers(contract, callable) if name.startswith("test_")]
    assert len(tests) > 5
    for test in tests:
        test()
