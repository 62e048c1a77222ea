"""The guide's program runs on a connection that was synced from the terminal before."""

from typing import Any

from cafe.models import Brew, BrewBinding

from dovetail.connector.models import Run


def given() -> dict[str, Any]:
    return {}


def then(names: dict[str, Any]) -> None:
    brew = names["brew"]
    assert names["binder"].to_external(brew) == "42"
    assert isinstance(brew, Brew)
    assert brew.supplier.name
    assert brew.notes
    assert BrewBinding.objects.get(record=brew).strength == 42 % 11
    assert BrewBinding.objects.count() == 10_000
    assert Run.objects.filter(stream="brews").count() == 3, "the program's two calls are one run"
