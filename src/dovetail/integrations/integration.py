"""The code that knows one service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.functional import Promise

from dovetail.clients.auth import Basic, Bearer, Credentials
from dovetail.clients.client import Client
from dovetail.core.errors import ProgrammingMistake
from dovetail.integrations.lifecycle import Lifecycle

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dovetail.integrations.config import BaseIntegrationConfig
    from dovetail.integrations.connection import Connection
    from dovetail.integrations.forms import ConnectionForm, IntegrationConfigForm
    from dovetail.integrations.manager import IntegrationManager


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account that a connection reached."""

    id: str
    """The service's own id of the account."""
    name: str
    """What the service calls the account."""


class Integration:
    """
    The base class of the code that knows one service; a manager makes one instance of each class.

    A class without an ``integration_id`` of its own gets its dotted path.
    """

    integration_id: str = ""
    """Identifies the integration for ever, in rows and addresses; dashes and dots are allowed."""
    name: str | Promise = ""
    description: str | Promise = ""
    icon: str = "plug"
    """A name in the shared icon set, or the path of a static file such as ``"slack/logo.svg"``."""
    version: str = ""
    author: str = ""
    license: str = ""
    category: str | Promise = ""
    requires_apps: tuple[str, ...] = ()
    """Apps that must stand in INSTALLED_APPS; a system check names those that do not."""
    client: type[Client] | None = None
    """Makes the calls; None for an integration that makes none."""
    connection_form: "type[ConnectionForm] | None" = None
    """What it takes to connect an account; None for an integration that needs no account."""
    config_form: "type[IntegrationConfigForm] | None" = None
    """What the integration shall do; None for one that has nothing to configure."""
    default_settings: Mapping[str, Any] = {}
    """What a configuration answers for a setting that it does not hold."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__dict__.get("integration_id"):
            cls.integration_id = f"{cls.__module__}.{cls.__qualname__}"

    def __init__(self, manager: "IntegrationManager") -> None:
        self.manager = manager
        self.lifecycle = Lifecycle(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.integration_id!r}>"

    @property
    def enabled(self) -> bool:
        """Whether the integration runs: a configuration is enabled and ``initialize`` succeeded."""
        return self.lifecycle.enabled

    @property
    def is_connectable(self) -> bool:
        """Whether people connect accounts for it."""
        return self.connection_form is not None

    @property
    def is_configurable(self) -> bool:
        """Whether people say what it shall do."""
        return self.config_form is not None

    def initialize(self) -> None:
        """Plug the integration into the application, by hooks; called once each time that it is enabled."""

    def shutdown(self) -> None:
        """Let go of what ``initialize`` took, except for hooks: these are always released."""

    def build_auth(self, credentials: Mapping[str, Any]) -> Credentials | None:
        """
        Say how the client proves who it is.

        Args:
            credentials: All that was entered to connect, secrets too, by field name.
        Returns:
            By default Basic for ``username`` and ``password``, Bearer for ``token``, otherwise None.
        """
        if credentials.get("token"):
            return Bearer(credentials["token"])
        if credentials.get("password"):
            return Basic(credentials.get("username", ""), credentials["password"])
        return None

    def build_client(self, connection: "Connection", timeout: float | timedelta | None = None) -> Client:
        """
        Make a client for an account.

        Raises:
            ProgrammingMistake: the integration names no client.
        """
        if self.client is None:
            raise ProgrammingMistake(f"{type(self).__qualname__} names no client, so it cannot call the service.")
        return self.client(
            base_url=connection.address or None,
            auth=self.build_auth({**connection.settings, **connection.credentials}),
            scope=connection.scope,
            timeout=timeout,
        )

    def test_connection(self, connection: "Connection") -> Account | None:
        """
        Try whether the account answers; by default by the client's ``check()``, when it has one.

        All calls together have the time of the setting ``integrations.test_seconds``.

        Args:
            connection: Saved or not.
        Returns:
            The account that answered, or None when the service does not tell.
        Raises:
            AuthenticationFailed: shown at the form's secret field.
            Unreachable, TimedOut: shown at the form's ``address``.
            ExternalServiceError: any other is shown above the form.
        """
        if self.client is None:
            return None
        with connection.client() as client:
            answer = client.check() if hasattr(client, "check") else None
        return answer if isinstance(answer, Account) else None

    def connection_initial(self, request: HttpRequest) -> Mapping[str, Any]:
        """
        Return demonstration values for the connect page, by field name; empty when there are none.

        The page offers them by a link. They are for everybody to see, secrets among them too.
        """
        return {}

    def get_configs(self, **filters: Any) -> "QuerySet[BaseIntegrationConfig]":
        """Return the enabled configurations of this integration; ``owner=`` takes a model instance or None."""
        return self.manager.get_integration_configs(self, **filters)
