"""Keeps every process up to date about which integrations are enabled."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from dovetail.core.configuration import validate
from dovetail.integrations.manager import integration_managers


class IntegrationsMiddleware:
    """
    Before each request, enable and disable integrations as the committed configurations say.

    Raises:
        ConfigurationError: a setting is wrong; a server that runs no system checks must not start either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        validate()
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for manager in integration_managers():
            manager.refresh()
        return self.get_response(request)
