"""Where the values of settings come from: the environment, ``settings.DOVETAIL``, a file.

Nothing here needs a configured Django, so a settings file may read its own settings with it.
"""

import configparser
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dovetail.core.errors import ConfigurationError

CONFIG_VARIABLE = "DOVETAIL_CONFIG"
INI_SECTION = "app:main"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A value of a setting."""

    value: Any = field(repr=False)
    """As it was written; text when it comes from the environment or an ``.ini`` file."""
    origin: str
    """Where it was written, to follow the word *from*."""
    folder: Path | None = None
    """The folder of the file it was written in; paths are meant from there."""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Values written in one place."""

    origin: str
    """The place, to follow the word *from*."""
    values: Mapping[str, Any] = field(repr=False)
    """By dotted key, or in tables, or both."""
    folder: Path | None = None
    """The folder of the file, when it is one."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Every place where settings are written, the strongest first."""

    environment: Mapping[str, str] = field(repr=False)
    """Variables by name; they are stronger than every layer."""
    layers: tuple[Layer, ...] = ()
    """The other places, the strongest first."""

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        values: Mapping[str, Any] | None = None,
        file: str | Path | None = None,
    ) -> "Sources":
        """
        Open the places that an environment, a dictionary and a file make.

        Args:
            environment: Variables by name; by default those of the process.
            values: What ``settings.DOVETAIL`` holds.
            file: A ``.toml`` or ``.ini`` file; the variable DOVETAIL_CONFIG is stronger.
        Raises:
            ConfigurationError: the file is missing or cannot be read, or the dictionary is none.
        """
        environment = os.environ if environment is None else environment
        layers = [] if values is None else [_dictionary(values)]
        if CONFIG_VARIABLE in environment:
            layers.append(_file(Path(environment[CONFIG_VARIABLE]), f"the environment variable {CONFIG_VARIABLE}"))
        elif file is not None:
            layers.append(_file(Path(file), "settings.DOVETAIL_FILE"))
        return cls(environment=environment, layers=tuple(layers))

    def find(self, key: str, variable: str) -> Found | None:
        """
        Look a setting up.

        Args:
            key: The dotted key.
            variable: The name of its environment variable.
        Returns:
            The strongest value, or None when nobody wrote one.
        """
        if variable in self.environment:
            return Found(value=self.environment[variable], origin=f"the environment variable {variable}")
        for layer in self.layers:
            for found in _look_up(layer.values, key):
                return Found(value=found, origin=layer.origin, folder=layer.folder)
        return None

    def keys(self, known: frozenset[str]) -> Iterator[tuple[str, str]]:
        """
        Go through the keys written in the layers, each with its origin.

        Args:
            known: Keys that are settings; a table under such a key is its value, not more keys.
        """
        for layer in self.layers:
            for key in _flatten(layer.values, known):
                yield key, layer.origin


def variable_name(key: str, *, ours: bool) -> str:
    """
    Name the environment variable of a setting.

    Args:
        key: The dotted key, such as ``jobs.lease_seconds``.
        ours: Whether Dovetail ships the setting; then the variable begins with ``DOVETAIL_``.
    """
    name = key.replace(".", "_").replace("-", "_").upper()
    return f"DOVETAIL_{name}" if ours else name


def _dictionary(values: Mapping[str, Any]) -> Layer:
    if not isinstance(values, Mapping):
        raise ConfigurationError(
            f"settings.DOVETAIL is of type {type(values).__name__}: make it a dictionary of dotted keys."
        )
    return Layer(origin="settings.DOVETAIL", values=values)


def _file(path: Path, named_by: str) -> Layer:
    try:
        text = path.read_text(encoding="utf-8")
        values = _read_ini(text) if path.suffix == ".ini" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigurationError(
            f"The file {path}, named by {named_by}, cannot be read ({reason}): correct the path or create the file."
        ) from error
    except (tomllib.TOMLDecodeError, configparser.Error) as error:
        reason = str(error).splitlines()[0]
        raise ConfigurationError(
            f"The file {path}, named by {named_by}, is not valid {path.suffix or 'TOML'}: {reason}; correct it."
        ) from error
    return Layer(origin=f"the file {path}", values=values, folder=path.parent)


def _read_ini(text: str) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign] # keys keep their case, as documented
    parser.read_string(text)
    return dict(parser.items(INI_SECTION)) if parser.has_section(INI_SECTION) else {}


def _look_up(table: Mapping[str, Any], key: str) -> Iterator[Any]:
    if key in table:
        yield table[key]
    for name, inner in table.items():
        if isinstance(inner, Mapping) and key.startswith(f"{name}."):
            yield from _look_up(inner, key.removeprefix(f"{name}."))


def _flatten(table: Mapping[str, Any], known: frozenset[str], prefix: str = "") -> Iterator[str]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and key not in known:
            yield from _flatten(value, known, f"{key}.")
        else:
            yield key
