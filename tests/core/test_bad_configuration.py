"""A wrong setting is told in one sentence with the key, the value's origin and the cure."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dovetail.core.configuration import problems, validate
from dovetail.core.errors import ConfigurationError
from dovetail.core.settings import SettingsView, declare_defaults
from dovetail.core.sources import Sources

pytestmark = pytest.mark.acceptance("walking-7")

Configure = Callable[..., None]


def test_a_right_configuration_has_no_problems(machine_settings: Any, configure: Configure) -> None:
    configure({"machine": {"cups": 2}}, MACHINE_PIN="1", DOVETAIL_TEST_ANYTHING="1", DOVETAIL_HOME="/tmp")
    assert list(problems()) == []
    validate()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"state.bakend": "x"},
            "The setting state.bakend from settings.DOVETAIL is unknown: write state.backend instead, or remove it.",
        ),
        (
            {"weather": {"sunny": True}},
            "The setting weather.sunny from settings.DOVETAIL is unknown: remove it, or install the app that reads it.",
        ),
        (
            {"machine.cups": "many"},
            (
                "The setting machine.cups, 'many' from settings.DOVETAIL, is wrong: it should be a valid integer, "
                "unable to parse string as an integer; change it there, or remove it to use 3."
            ),
        ),
        (
            {"machine.cups": 0},
            (
                "The setting machine.cups, 0 from settings.DOVETAIL, is wrong: it should be greater than 0; "
                "change it there, or remove it to use 3."
            ),
        ),
        (
            {"machine.pin": {"secret": 4711}},
            (
                "The setting machine.pin, ******** from settings.DOVETAIL, is wrong: it should be a valid string; "
                "change it there, or remove it."
            ),
        ),
        (
            {"machine.manual": 5},
            (
                "The setting machine.manual, 5 from settings.DOVETAIL, is wrong: it is not a valid path; "
                "change it there, or remove it."
            ),
        ),
    ],
    ids=["a near miss", "a stranger", "a wrong type", "a wrong value", "a secret", "nothing by default"],
)
def test_a_wrong_key_or_value_is_told_in_one_sentence(
    machine_settings: Any, configure: Configure, values: dict[str, Any], sentence: str
) -> None:
    configure(values)
    assert list(problems()) == [sentence]
    with pytest.raises(ConfigurationError) as caught:
        validate()
    assert str(caught.value) == sentence


def test_an_unknown_variable_of_ours_is_told(configure: Configure) -> None:
    configure(DOVETAIL_STATE_BAKEND="memory")
    assert list(problems()) == [
        (
            "The setting in the environment variable DOVETAIL_STATE_BAKEND is unknown: "
            "write DOVETAIL_STATE_BACKEND instead, for state.backend, or remove it."
        )
    ]


def test_a_wrong_value_in_the_environment_names_the_variable(machine_settings: Any, configure: Configure) -> None:
    configure(MACHINE_ENABLED="perhaps")
    with pytest.raises(ConfigurationError, match=r"machine\.enabled, 'perhaps' from the environment variable MACHINE_"):
        machine_settings.current()


def test_a_wrong_value_in_a_file_names_the_file(machine_settings: Any, configure: Configure, tmp_path: Path) -> None:
    file = tmp_path / "dovetail.toml"
    file.write_text("[machine]\ncups = 'many'")
    configure(DOVETAIL_CONFIG=file)
    with pytest.raises(ConfigurationError, match=rf"machine\.cups, 'many' from the file {file}, is wrong"):
        machine_settings.current()


def test_a_wrong_declared_default_names_the_plugin(machine_settings: Any) -> None:
    declare_defaults({"machine.cups": -1}, by="acme")
    with pytest.raises(ConfigurationError, match=r"machine\.cups, -1 from the default that acme declares"):
        machine_settings.current()


def test_a_missing_value_without_a_default_names_the_places() -> None:
    class Harbour(SettingsView, prefix="harbour"):
        depth: int

    with pytest.raises(ConfigurationError, match=r"harbour\.depth is missing .* set the environment variable HARBOUR_"):
        Harbour.current()


def test_two_keys_with_one_variable_are_both_named() -> None:
    declare_defaults({"acme.search.size": 1, "acme.search_size": 2}, by="acme")
    assert list(problems()) == [
        (
            "The settings acme.search.size (declared by acme) and acme.search_size (declared by acme) have the same "
            "environment variable ACME_SEARCH_SIZE: rename one of them."
        )
    ]


def test_a_plugin_cannot_take_a_variable_of_ours() -> None:
    declare_defaults({"dovetail.state.backend": 1}, by="acme")
    assert [problem for problem in problems() if "DOVETAIL_STATE_BACKEND" in problem and "acme" in problem]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("missing.toml", None, "cannot be read (No such file or directory): correct the path or create the file."),
        ("broken.toml", "cups = = 3", "is not valid .toml:"),
        ("broken.ini", "cups = 3", "is not valid .ini:"),
        ("latin.toml", b"name = '\xe9'", "cannot be read (it is not UTF-8 text)"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    configure: Configure, tmp_path: Path, name: str, text: str | bytes | None, words: str
) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    configure(DOVETAIL_CONFIG=file)

    (sentence,) = problems()

    assert sentence.startswith(f"The file {file}, named by the environment variable DOVETAIL_CONFIG, ")
    assert words in sentence
    assert "\n" not in sentence


def test_a_missing_key_file_is_told(configure: Configure, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    configure(DOVETAIL_SECRETS_KEY_FILE=file)

    (sentence,) = problems()

    assert sentence.startswith(
        f"The setting secrets.key_file, '{file}' from the environment variable DOVETAIL_SECRETS_KEY_FILE, is wrong: "
        "the file cannot be read (No such file or directory); restore it from a copy, or begin anew with python "
    )


def test_a_file_without_keys_and_a_text_that_is_no_key_are_told(configure: Configure, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("\n")
    configure({"secrets.key_file": str(file)})
    assert "the file is empty; restore it" in next(problems())
    configure({"secrets.keys": ["an old password"]})
    assert "it holds a text that is no key; make one with python" in next(problems())
    assert "password" not in next(problems())


@pytest.mark.parametrize("verb", [["check"], ["try-me"]])
def test_a_verb_stops_with_the_sentence(configure: Configure, verb: list[str], verb_to_try: None) -> None:
    configure({"state.bakend": "memory"})
    with pytest.raises(CommandError) as caught:
        call_command("dovetail", *verb, stdout=StringIO())
    assert caught.value.returncode == 2
    assert str(caught.value).startswith("The setting state.bakend from settings.DOVETAIL is unknown")


def test_given_sources_with_a_broken_file_are_refused_before_django(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"settings\.DOVETAIL_FILE, cannot be read"):
        Sources.from_environment({}, file=tmp_path / "nothing.toml")
