"""The hub's own settings."""

from typing import Annotated

from pydantic import Field

from dovetail.core.settings import SettingsView


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
    log_level: str = Field("INFO", description="What is logged: DEBUG, INFO, WARNING or ERROR.")
