"""Typed views of the settings.

A room declares what it reads and asks for it where it needs it::

    class JobsSettings(SettingsView, prefix="jobs"):
        lease_seconds: float = Field(30, gt=0, description="How long a worker may keep a job without a sign of life.")

    JobsSettings.current().lease_seconds

Ask when the work is done, not while Django starts: only then can a wrong value be told by the system check.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Self, get_args, get_origin

from django.conf import settings
from django.core.signals import setting_changed
from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo

from dovetail.core.errors import ConfigurationError, DuplicateName
from dovetail.core.refusals import missing_value, wrong_value, wrong_values
from dovetail.core.registry import Registry
from dovetail.core.sources import Found, Sources, variable_name

OUR_PACKAGE = "dovetail"
SECONDS = re.compile(r"\d+(\.\d+)?")


class SettingsView(BaseModel):
    """
    The settings under one prefix, typed.

    A field is the setting ``<prefix>.<field>``. A field with ``repr=False`` is a secret: its value appears in no
    message. Text for a list is split at white space, a number for a ``timedelta`` is seconds, and a relative ``Path``
    written in a file is meant from the file's folder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key_prefix: ClassVar[str] = ""

    def __init_subclass__(cls, *, prefix: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.key_prefix = prefix
        views.add(prefix, cls)

    @field_validator("*", mode="before")
    @classmethod
    def _read_text(cls, value: Any, info: ValidationInfo) -> Any:
        annotation = cls.model_fields[info.field_name or ""].annotation
        if not isinstance(value, str):
            return value
        if (get_origin(annotation) or annotation) in (list, tuple, set, frozenset):
            return value.split()
        is_duration = timedelta in (annotation, *get_args(annotation))
        return float(value) if is_duration and SECONDS.fullmatch(value) else value

    @classmethod
    def current(cls) -> Self:
        """
        Return the settings as this process has them.

        Raises:
            ConfigurationError: a value does not fit; let it pass, it stops the command with its sentence.
        """
        loaded = _load()
        view = loaded.views.get(cls)
        if view is None:
            view = loaded.views[cls] = cls.read(loaded.sources)
        return view

    @classmethod
    def read(cls, sources: Sources) -> Self:
        """
        Read the settings from given sources, also before Django is configured.

        Raises:
            ConfigurationError: a value does not fit.
        """
        found = {name: value for name in cls.model_fields if (value := find(sources, cls.key(name)))}
        try:
            return cls.model_validate({name: _from_folder(cls.model_fields[name], found[name]) for name in found})
        except ValidationError as error:
            raise ConfigurationError(cls._refusal(found, error)) from None

    @classmethod
    def key(cls, field_name: str) -> str:
        """Name the setting that a field reads."""
        return f"{cls.key_prefix}.{field_name}" if cls.key_prefix else field_name

    @classmethod
    def _refusal(cls, found: Mapping[str, Found], error: ValidationError) -> str:
        first = error.errors(include_url=False)[0]
        if not first["loc"]:
            return wrong_values(cls.key_prefix, reason=first["msg"])
        name = str(first["loc"][0])
        key, model_field = cls.key(name), cls.model_fields[name]
        if name not in found:
            return missing_value(key, variable_of(key))
        return wrong_value(key, found[name], model_field, error=first)


def _from_folder(field: FieldInfo, found: Found) -> Any:
    is_path = Path in (field.annotation, *get_args(field.annotation))
    return found.folder / found.value if is_path and found.folder and isinstance(found.value, str) else found.value


views: Registry[type[SettingsView]] = Registry("view of settings with the prefix")


@dataclass(frozen=True, kw_only=True)
class DeclaredDefault:
    """A default that a plugin declared."""

    value: Any
    by: str
    """The plugin."""


_declared: dict[str, DeclaredDefault] = {}


def declare_defaults(defaults: Mapping[str, Any], *, by: str) -> None:
    """
    Declare the settings of a plugin, or better defaults for ours.

    Args:
        defaults: Values by dotted key; the keys begin with the plugin's own name.
        by: The plugin, for messages.
    Raises:
        DuplicateName: another plugin declared one of the keys.
    """
    for key, value in defaults.items():
        if key in _declared and _declared[key].by != by:
            raise DuplicateName(f"default by {_declared[key].by} for the setting", key)
        _declared[key] = DeclaredDefault(value=value, by=by)
    reload_settings()


def find(sources: Sources, key: str) -> Found | None:
    """Look a setting up in the sources and the declared defaults."""
    found = sources.find(key, variable_of(key))
    if found is None and key in _declared:
        declared = _declared[key]
        return Found(value=declared.value, origin=f"the default that {declared.by} declares")
    return found


def view_of(key: str) -> tuple[type[SettingsView], FieldInfo] | None:
    """Return the view that reads a setting, with its field, or None when no view does."""
    prefix, _, name = key.rpartition(".")
    if prefix not in views:
        return None
    view = views.get(prefix)
    return (view, view.model_fields[name]) if name in view.model_fields else None


def variable_of(key: str) -> str:
    """Name the environment variable of a setting; ours begin with ``DOVETAIL_``, a plugin's with its own name."""
    owner = view_of(key)
    return variable_name(key, ours=owner is not None and owner[0].__module__.split(".")[0] == OUR_PACKAGE)


def known_keys() -> frozenset[str]:
    """List every key that somebody reads."""
    return frozenset(_declared).union(*({view.key(name) for name in view.model_fields} for view in views))


def declared_by(key: str) -> str:
    """Name the module or plugin that declares a setting."""
    owner = view_of(key)
    return owner[0].__module__ if owner else _declared[key].by


@dataclass
class _Loaded:
    sources: Sources
    from_django: bool
    views: dict[type[SettingsView], Any] = field(default_factory=dict)


_loaded: _Loaded | None = None


def current_sources() -> Sources:
    """Return the places where this process finds its settings."""
    return _load().sources


def reload_settings() -> None:
    """Forget what was read, so that the next reader sees the sources as they are then."""
    global _loaded  # noqa: PLW0603 -- one reading for the whole process
    _loaded = None


def _load() -> _Loaded:
    global _loaded  # noqa: PLW0603 -- one reading for the whole process
    # A settings file that is still being read is "not configured"; what it reads must not be kept.
    if _loaded is None or _loaded.from_django != settings.configured:
        _loaded = _Loaded(sources=_open_sources(), from_django=settings.configured)
    return _loaded


def _open_sources() -> Sources:
    if not settings.configured:
        return Sources.from_environment()
    return Sources.from_environment(
        values=getattr(settings, "DOVETAIL", None), file=getattr(settings, "DOVETAIL_FILE", None)
    )


def _reload_when_changed(*, setting: str, **_: Any) -> None:
    if setting in ("DOVETAIL", "DOVETAIL_FILE"):
        reload_settings()


setting_changed.connect(_reload_when_changed, dispatch_uid="dovetail.core.settings")
