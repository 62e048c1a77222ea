"""What the tests of this room share."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import connection

from dovetail.core import settings as dovetail_settings
from dovetail.core.commands import Output, Verb, add_verb, verbs
from dovetail.core.settings import SettingsView, reload_settings, views
from tests.core.models import TABLES


@pytest.fixture(scope="session")
def tables(django_db_setup: None, django_db_blocker: Any) -> None:
    """The tables of the models that only these tests have."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in TABLES:
            editor.create_model(model)


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read the settings anew, and forget the views and defaults that a test declares."""
    monkeypatch.setattr(views, "_items", dict(views._items))
    monkeypatch.setattr(dovetail_settings, "_declared", dict(dovetail_settings._declared))
    reload_settings()
    yield
    reload_settings()


@pytest.fixture
def configure(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write settings: keyword arguments are variables of the environment."""

    def write(values: dict[str, Any] | None = None, **variables: Any) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))
        if values is not None:
            settings.DOVETAIL = values
        reload_settings()

    return write


@pytest.fixture
def verb_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that does nothing."""
    monkeypatch.setattr(verbs, "_items", dict(verbs._items))

    @add_verb
    class TryMe(Verb):
        name = "try-me"

        def handle(self, options: Mapping[str, Any], out: Output) -> None:
            out.line("tried")


@pytest.fixture
def machine_settings() -> type[SettingsView]:
    """A plugin's view of settings."""
    from tests.core.machine import declare_view

    return declare_view()
