"""The configuration as a whole: what is wrong with it, and where each value comes from."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import PydanticUndefined

from dovetail.core.errors import ConfigurationError
from dovetail.core.refusals import is_secret_setting, shared_variable, shown, unknown_key, unknown_variable
from dovetail.core.settings import (
    current_sources,
    declared_by,
    find,
    known_keys,
    variable_of,
    view_of,
    views,
)
from dovetail.core.sources import CONFIG_VARIABLE, Sources

OUR_VARIABLES = "DOVETAIL_"
TEST_VARIABLES = "DOVETAIL_TEST_"
OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "DOVETAIL_HOME", "DOVETAIL_REQUIRE"})
"""Variables that are no settings but begin like one."""


@dataclass(frozen=True, kw_only=True)
class ExplainedSetting:
    """A setting, its value here, and where that comes from."""

    key: str
    """The dotted key."""
    value: str
    """As a person may see it; masked when it is secret."""
    origin: str
    """The environment variable, file or declaration it comes from."""
    variable: str
    """The environment variable that would set it."""
    description: str
    """What the setting does; empty when its declaration does not say."""


def validate() -> None:
    """
    Make sure that the whole configuration is right.

    Raises:
        ConfigurationError: it is not; the message is the first problem's sentence.
    """
    for problem in problems():
        raise ConfigurationError(problem)


def problems() -> Iterator[str]:
    """Find what is wrong with the configuration, one sentence each."""
    try:
        sources = current_sources()
    except ConfigurationError as error:
        yield str(error)
        return
    yield from _shared_variables()
    yield from _unknown_keys(sources)
    yield from _unknown_variables(sources)
    yield from _wrong_values(sources)


def explain() -> list[ExplainedSetting]:
    """List every setting that somebody reads, by key, with its value and origin."""
    sources = current_sources()
    return [_explain(sources, key) for key in sorted(known_keys())]


def _shared_variables() -> Iterator[str]:
    keys_by_variable = defaultdict(list)
    for key in sorted(known_keys()):
        keys_by_variable[variable_of(key)].append((key, declared_by(key)))
    for variable, keys in keys_by_variable.items():
        if len(keys) > 1:
            yield shared_variable(variable, keys)


def _unknown_keys(sources: Sources) -> Iterator[str]:
    known = known_keys()
    for key, origin in sources.keys(known):
        if key not in known:
            yield unknown_key(key, origin, known)


def _unknown_variables(sources: Sources) -> Iterator[str]:
    keys = {variable_of(key): key for key in known_keys()}
    for variable in sorted(sources.environment):
        is_ours = variable.startswith(OUR_VARIABLES) and not variable.startswith(TEST_VARIABLES)
        if is_ours and variable not in keys and variable not in OTHER_VARIABLES:
            yield unknown_variable(variable, keys)


def _wrong_values(sources: Sources) -> Iterator[str]:
    for view in views:
        try:
            view.read(sources)
        except ConfigurationError as error:
            yield str(error)


def _explain(sources: Sources, key: str) -> ExplainedSetting:
    owner = view_of(key)
    field = owner[1] if owner else None
    found = find(sources, key)
    default = field.get_default(call_default_factory=True, validated_data={}) if field else None
    is_secret = is_secret_setting(key, field)
    if found:
        value, origin = shown(found.value, is_secret), found.origin
    elif default is PydanticUndefined:
        value, origin = "missing", "nowhere"
    else:
        value, origin = shown(default, is_secret and bool(default)), "the default"
    return ExplainedSetting(
        key=key, value=value, origin=origin, variable=variable_of(key), description=(field and field.description) or ""
    )
