"""Where settings come from and how they are read."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from pydantic import ValidationError

from dovetail.core.configuration import explain
from dovetail.core.errors import ConfigurationError, DuplicateName
from dovetail.core.settings import SettingsView, declare_defaults, variable_of
from dovetail.core.sources import Sources
from dovetail.core.state import StateSettings

Configure = Callable[..., None]
TOML = """
[machine]
cups = 4
names = ["a", "b"]
manual = "docs/manual.txt"
options.strength = 2
"""
INI = """
[server:main]
port = 80

[app:main]
machine.cups = 4
machine.names = a
    b
machine.enabled = yes
"""


def test_without_a_source_the_defaults_of_the_view_hold(machine_settings: Any) -> None:
    assert machine_settings.current().cups == 3


def test_the_environment_is_stronger_than_django_than_the_file_than_a_declared_default(
    machine_settings: Any, configure: Configure, tmp_path: Path
) -> None:
    file = tmp_path / "dovetail.toml"
    file.write_text("machine.cups = 4")

    declare_defaults({"machine.cups": 5}, by="somebody")
    assert machine_settings.current().cups == 5
    configure(DOVETAIL_CONFIG=file)
    assert machine_settings.current().cups == 4
    configure({"machine.cups": 6})
    assert machine_settings.current().cups == 6
    configure(MACHINE_CUPS="7")
    assert machine_settings.current().cups == 7


def test_text_from_the_environment_becomes_the_type_of_the_field(machine_settings: Any, configure: Configure) -> None:
    configure(MACHINE_CUPS="12", MACHINE_ENABLED="true", MACHINE_NAMES=" a  b\n c", MACHINE_PAUSE="90")

    read = machine_settings.current()

    assert read.cups == 12
    assert read.enabled is True
    assert read.names == ["a", "b", "c"]
    assert read.pause == timedelta(seconds=90)


def test_a_toml_file_has_tables_and_paths_beside_it(
    machine_settings: Any, configure: Configure, tmp_path: Path
) -> None:
    file = tmp_path / "dovetail.toml"
    file.write_text(TOML)
    configure(DOVETAIL_CONFIG=file)

    read = machine_settings.current()

    assert read.cups == 4
    assert read.names == ["a", "b"]
    assert read.manual == tmp_path / "docs/manual.txt"
    assert read.options == {"strength": 2}


def test_an_ini_file_has_dotted_keys_in_its_application_section(
    machine_settings: Any, configure: Configure, tmp_path: Path
) -> None:
    file = tmp_path / "server.ini"
    file.write_text(INI)
    configure(DOVETAIL_CONFIG=file)

    read = machine_settings.current()

    assert (read.cups, read.names, read.enabled) == (4, ["a", "b"], True)


def test_django_may_name_the_file(machine_settings: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "dovetail.toml"
    file.write_text(TOML)
    settings.DOVETAIL_FILE = file
    assert machine_settings.current().cups == 4


def test_the_dictionary_of_django_may_have_tables_too(machine_settings: Any, configure: Configure) -> None:
    configure({"machine": {"cups": 8}})
    assert machine_settings.current().cups == 8


def test_overridden_django_settings_are_seen_at_once(machine_settings: Any) -> None:
    with override_settings(DOVETAIL={"machine.cups": 9}):
        assert machine_settings.current().cups == 9
    assert machine_settings.current().cups == 3


def test_settings_are_read_once(machine_settings: Any) -> None:
    assert machine_settings.current() is machine_settings.current()


def test_settings_cannot_be_changed(machine_settings: Any) -> None:
    with pytest.raises(ValidationError):
        machine_settings.current().cups = 4


def test_our_variables_begin_with_our_name_and_those_of_a_plugin_with_its_own(machine_settings: Any) -> None:
    declare_defaults({"acme_search.refresh-enabled": False}, by="acme_search")

    assert variable_of("state.backend") == "DOVETAIL_STATE_BACKEND"
    assert variable_of("machine.cups") == "MACHINE_CUPS"
    assert variable_of("acme_search.refresh-enabled") == "ACME_SEARCH_REFRESH_ENABLED"


def test_two_views_cannot_have_one_prefix(machine_settings: Any) -> None:
    with pytest.raises(DuplicateName, match="machine"):

        class Other(SettingsView, prefix="machine"):
            pass


def test_two_plugins_cannot_declare_one_key() -> None:
    declare_defaults({"acme.size": 1}, by="acme")
    declare_defaults({"acme.size": 2}, by="acme")
    with pytest.raises(DuplicateName, match=r"acme\.size"):
        declare_defaults({"acme.size": 1}, by="other")


def test_given_sources_are_read_alone(machine_settings: Any) -> None:
    sources = Sources.from_environment({"MACHINE_CUPS": "2"}, values={"machine": {"enabled": True}})
    read = machine_settings.read(sources)
    assert (read.cups, read.enabled) == (2, True)


def test_settings_are_read_where_django_is_not_configured() -> None:
    code = "from dovetail.core.state import StateSettings; print(StateSettings.current().backend)"
    environment = {"DOVETAIL_STATE_BACKEND": "memory"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout == "memory\n", done.stderr


def test_what_is_read_while_django_is_being_configured_is_not_kept() -> None:
    code = """if True:
        from django.conf import settings
        from dovetail.core.state import StateSettings
        StateSettings.current()
        settings.configure(DOVETAIL={"state.backend": "memory"})
        print(StateSettings.current().backend)"""
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True)
    assert done.stdout == "memory\n", done.stderr


def test_explain_tells_each_value_with_its_origin_and_hides_secrets(
    machine_settings: Any, configure: Configure
) -> None:
    declare_defaults({"acme.api_token": "t0ken"}, by="acme")
    configure({"machine.pin": "4711"}, MACHINE_CUPS="7")

    explained = {setting.key: setting for setting in explain()}

    assert (explained["machine.cups"].value, explained["machine.cups"].origin) == (
        "'7'",
        "the environment variable MACHINE_CUPS",
    )
    assert explained["machine.cups"].description == "How many cups fit."
    assert (explained["machine.pin"].value, explained["machine.pin"].origin) == ("********", "settings.DOVETAIL")
    assert explained["machine.enabled"].origin == "the default"
    assert explained["acme.api_token"].value == "********"
    assert explained["state.backend"].value == repr(StateSettings.current().backend)


def test_explain_hides_the_password_in_an_address(machine_settings: Any, configure: Configure) -> None:
    configure({"machine.manual": "ftp://me:4711@example.com/manual.txt"})
    assert "4711" not in str(explain())


def test_a_secret_setting_does_not_show_itself(machine_settings: Any, configure: Configure) -> None:
    configure({"machine.pin": "4711"})
    assert "4711" not in repr(machine_settings.current())


def test_a_dictionary_is_demanded_of_django(settings: Any) -> None:
    settings.DOVETAIL = ["state.backend"]
    with pytest.raises(ConfigurationError, match=r"settings\.DOVETAIL is of type list: make it a dictionary"):
        StateSettings.current()
