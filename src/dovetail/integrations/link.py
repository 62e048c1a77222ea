"""Linking an account: it is tried before it is saved, and again whenever a person asks."""

import itertools

from django.db import transaction
from django.http import HttpRequest

from dovetail.clients.deadline import deadline
from dovetail.core import clock
from dovetail.core.errors import ExternalServiceError, UnknownName
from dovetail.integrations.config import IntegrationConfig
from dovetail.integrations.connection import Connection, ConnectionState
from dovetail.integrations.explanations import explain, state_after
from dovetail.integrations.forms import ConnectionForm
from dovetail.integrations.manager import integration_ids
from dovetail.integrations.owner import tenant_of
from dovetail.integrations.removals import removals
from dovetail.integrations.settings import IntegrationsSettings

ENTERED = ("name", "address", "settings", "credentials")
LEARNED = ("account_id", "account_name", "state", "reason", "checked_at")


def connect(form: ConnectionForm, request: HttpRequest) -> Connection | None:
    """
    Try the account that a valid form describes, and save the connection when it answers.

    Args:
        form: What was entered.
        request: Its user made the connection, and its tenant may see it.
    Returns:
        The saved connection; None when the service refused, and then the form says why and nothing is saved.
    """
    connection = form.connection()
    connection.created_by_id, connection.tenant = request.user.pk, tenant_of(request)
    if not _answers(connection, form):
        return None
    connection.save()
    return connection


def edit(form: ConnectionForm) -> Connection | None:
    """
    Do the same for a connection that exists; None leaves it as it was.

    Raises:
        Connection.DoesNotExist: it was removed meanwhile.
    """
    connection = form.connection()
    if not _answers(connection, form):
        return None
    connection.save_changes(*ENTERED, *LEARNED)
    return connection


def free_name(name: str, request: HttpRequest) -> str:
    """Return the name for a new connection, with a number when others of the request's tenant have it already."""
    taken = set(Connection.objects.for_tenant(request).filter(name__startswith=name).values_list("name", flat=True))
    numbered = (f"{name} {number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([name], numbered) if one not in taken)


def check(connection: Connection) -> None:
    """
    Try a saved connection and save what was learned.

    Raises:
        ExternalServiceError: it does not work; its state and reason say so already.
        Connection.DoesNotExist: it was removed meanwhile.
    """
    try:
        _try(connection)
    except ExternalServiceError as error:
        connection.mark(state_after(error), explain(error, connection.service_name))
        raise
    connection.save_changes(*LEARNED)


def remove(connection: Connection) -> None:
    """
    Remove a connection and all that other rooms keep for it, in one transaction.

    Raises:
        ProtectedError: rows outside of Dovetail's rooms still need it; nothing was removed.
    """
    with transaction.atomic():
        for removal in removals:
            removal.remove(connection)
        connection.delete()


def describe_removal(connection: Connection) -> list[str]:
    """List what goes when the connection goes, in sentences for people."""
    return [sentence for removal in removals for sentence in removal.describe(connection)]


def configurations_of(connection: Connection) -> list[IntegrationConfig]:
    """List the configurations that use a connection; while there are any, it cannot be removed."""
    return list(IntegrationConfig.objects.filter(connection=connection))


def _answers(connection: Connection, form: ConnectionForm) -> bool:
    try:
        _try(connection)
    except ExternalServiceError as error:
        form.refuse(error)
        return False
    return True


def _try(connection: Connection) -> None:
    integration = connection.integration
    if integration is None:
        raise UnknownName("integration", connection.integration_id, integration_ids())
    with deadline(IntegrationsSettings.current().test_seconds):
        account = integration.test_connection(connection)
    connection.identify(account)
    connection.state, connection.reason = ConnectionState.CONNECTED, ""
    connection.checked_at = clock.now()
