"""A wrong setting of the hub is told before Django stumbles over it."""

import pytest

from dovetail.core.errors import ConfigurationError
from dovetail.core.sources import Sources
from dovetail.hub.options import HubSettings


def read(name: str, value: str) -> HubSettings:
    return HubSettings.read(Sources(environment={f"DOVETAIL_HUB_{name}": value}))


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("DATABASE", "mysql://db/hub", "use sqlite:///file or postgresql://user@host/name."),
        ("SERVICES", "coffee tea", "'tea' is not shipped; choose from coffee, roundup."),
        ("APPS", "nowhere.shop", "there is no package 'nowhere'; install it, or correct the path."),
        ("TIME_ZONE", "Nowhere/City", "there is no such time zone; write one like Europe/Berlin."),
        ("TIME_ZONE", "../etc/passwd", "there is no such time zone; write one like Europe/Berlin."),
        ("LANGUAGE", "xx", "Django has no such language; write a code like de or pt-br."),
        ("LANGUAGES", "de xx", "Django has no such language; write a code like de or pt-br."),
        ("LOG_LEVEL", "LOUD", "it should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'; change it there"),
    ],
)
def test_a_wrong_value_is_named_with_its_origin_and_the_cure(name: str, value: str, cure: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(name, value)

    sentence = str(caught.value)
    assert sentence.startswith(f"The setting hub.{name.lower()}, ")
    assert f"from the environment variable DOVETAIL_HUB_{name}, is wrong: " in sentence
    assert cure in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE", "postgres://ann@db/hub"),
        ("SERVICES", ""),
        ("APPS", "tests.hub tests.connector.app"),
        ("TIME_ZONE", "Europe/Berlin"),
        ("LANGUAGE", "de-at"),
        ("LANGUAGE", "pt-br"),
        ("LANGUAGES", "de pt-br"),
    ],
)
def test_a_right_value_is_taken(name: str, value: str) -> None:
    found = getattr(read(name, value), name.lower())
    assert found == (value.split() if isinstance(found, list) else value)


def test_a_password_in_a_wrong_address_is_not_told() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read("DATABASE", "mysql://ann:hunter2@db/hub")
    assert "hunter2" not in str(caught.value)
