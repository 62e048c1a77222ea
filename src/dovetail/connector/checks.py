"""Finds what would fail later: mistakes in streams, and pages that a project left out."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse

from dovetail.connector.registry import streams
from dovetail.core.checks import Missing, Requirement, require


@register("dovetail")
def check_mappers(**_kwargs: Any) -> list[CheckMessage]:
    """Report fields that a stream's mapper forgets or does not find."""
    return [
        Error(
            problem,
            hint=f"Correct {stream.mapper.__module__}.{stream.mapper.__qualname__}.",
            obj=stream,
            id="dovetail.E301",
        )
        for stream in streams
        for problem in stream.mapper.problems(stream.binding.record_model(), stream.binding)
    ]


def missing_pages() -> Iterator[Missing]:
    """Find that the page of a connection, which shows its streams, has nothing to link to."""
    if _is_mounted("dovetail_integrations:list") and not _is_mounted("dovetail_connector:runs"):
        yield Missing(
            what="The URLs lack the pages of dovetail.connector, to which the page of a connection links.",
            line='Append to urlpatterns: path("sync/", include("dovetail.connector.urls")),',
        )


def _is_mounted(name: str) -> bool:
    if not getattr(settings, "ROOT_URLCONF", None):
        return False
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


require(Requirement(id="dovetail.E007", find=missing_pages))
