"""What a project lacks for its streams is told with the line to paste."""

from typing import Any

from django.urls import include, path

from dovetail.core.checks import check_requirements

INTEGRATIONS = path("integrations/", include("dovetail.integrations.urls"))
SYNC = path("sync/", include("dovetail.connector.urls"))


def hints() -> list[str]:
    return [str(message.hint) for message in check_requirements()]


def test_missing_pages_are_an_error_with_the_line(settings: Any) -> None:
    settings.ROOT_URLCONF = (INTEGRATIONS,)
    assert hints() == ['Append to urlpatterns: path("sync/", include("dovetail.connector.urls")),']
    settings.ROOT_URLCONF = (INTEGRATIONS, SYNC)
    assert hints() == []


def test_a_project_without_any_of_the_pages_is_right(settings: Any) -> None:
    settings.ROOT_URLCONF = ()
    assert hints() == []
