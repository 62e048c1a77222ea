"""What other rooms show on the page of a connection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dovetail.core.registry import Registry
from dovetail.integrations.connection import Connection


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One part of the page."""

    key: str
    """Names it, such as ``"streams"``."""
    template: str
    """The template that draws it; without a frame around."""
    context: Callable[[HttpRequest, Connection], Mapping[str, Any]]
    """Returns what the template needs; ``connection`` is there already."""
    order: int = 100
    """Lower numbers stand first."""

    def render(self, request: HttpRequest, connection: Connection) -> SafeString:
        """Draw the part for one connection."""
        return render_to_string(
            self.template, {"connection": connection, **self.context(request, connection)}, request=request
        )


panels: Registry[Panel] = Registry("panel")


def render_panels(request: HttpRequest, connection: Connection) -> list[SafeString]:
    """Draw every part of a connection's page, in order."""
    return [panel.render(request, connection) for panel in sorted(panels, key=lambda panel: panel.order)]
