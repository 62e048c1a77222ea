"""Keeps every process up to date about which integrations are enabled."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from dovetail.integrations.manager import integration_managers


class IntegrationsMiddleware:
    """Before each request, enable and disable integrations as the committed configurations say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for manager in integration_managers():
            manager.refresh()
        return self.get_response(request)
