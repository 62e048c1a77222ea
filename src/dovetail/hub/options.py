"""The hub's own settings."""

from importlib.util import find_spec
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.conf.locale import LANG_INFO
from pydantic import Field, field_validator

from dovetail.core.rooms import NEEDS
from dovetail.core.settings import SettingsView
from dovetail.hub.database import check_address

SERVICES = tuple(room.removeprefix("services.") for room in NEEDS if room.startswith("services."))


class HubSettings(SettingsView, prefix="hub"):
    """What an operator decides about the ready-made project."""

    database: str = Field("sqlite:///dovetail.sqlite3", description="The database: sqlite:///file or postgresql://…")
    secret_key_file: str = Field("secret.key", description="The file with Django's secret key.")
    allowed_hosts: list[str] = Field(["127.0.0.1", "localhost"], description="The names that visitors may use.")
    behind_https: bool = Field(False, description="Visitors come by https, through a proxy that says so.")
    address: str = Field("127.0.0.1", description="The address to serve on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="The port to serve on.")
    processes: Annotated[int, Field(ge=1)] = Field(1, description="How many web processes serve.")
    worker: bool = Field(True, description="Each web process brings a worker for jobs.")
    services: list[str] = Field(["coffee", "roundup"], description="The shipped services that can be connected.")
    apps: list[str] = Field([], description="Django apps of your own, by dotted path.")
    time_zone: str = Field("UTC", description="The time zone of the pages.")
    language: str = Field("en", description="The language of the pages where a visitor's is not known.")
    languages: list[str] = Field(
        [], description="Other languages that a visitor's browser may ask for; Dovetail's own texts are in English."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="What is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("database")
    @classmethod
    def _check_database(cls, address: str) -> str:
        check_address(address)
        return address

    @field_validator("services")
    @classmethod
    def _check_services(cls, services: list[str]) -> list[str]:
        for service in services:
            if service not in SERVICES:
                raise ValueError(f"{service!r} is not shipped; choose from {', '.join(SERVICES)}")
        return services

    @field_validator("apps")
    @classmethod
    def _check_apps(cls, apps: list[str]) -> list[str]:
        for app in apps:
            package = app.partition(".")[0]
            if not package or find_spec(package) is None:
                raise ValueError(f"there is no package {package!r}; install it, or correct the path")
        return apps

    @field_validator("time_zone")
    @classmethod
    def _check_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            raise ValueError("there is no such time zone; write one like Europe/Berlin") from None
        return name

    @field_validator("language")
    @classmethod
    def _check_language(cls, code: str) -> str:
        if code not in LANG_INFO and code.partition("-")[0] not in LANG_INFO:
            raise ValueError("Django has no such language; write a code like de or pt-br")
        return code

    @field_validator("languages")
    @classmethod
    def _check_languages(cls, codes: list[str]) -> list[str]:
        return [cls._check_language(code) for code in codes]


def language_name(code: str) -> str:
    """Return what a language calls itself; its code when Django has no name for it."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))
