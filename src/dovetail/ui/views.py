"""Pages that tell people what went wrong; a project names them as its handlers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 400; for ``handler400``."""
    return _error(request, 400, _("That did not work"), _("The request could not be understood."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 403; for ``handler403``."""
    return _error(
        request,
        403,
        _("You may not see this page"),
        _("Your account does not have the permission. Ask an administrator if you need it."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 404; for ``handler404``."""
    return _error(
        request, 404, _("There is no such page"), _("The address may be mistyped, or what was here has been removed.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; for ``handler500``. It reads neither session nor database, which may be what failed."""
    return _error(request, 500, _("Something went wrong"), _("The error has been logged. Try again in a moment."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 403 to a form that is not from this site or is too old; for ``CSRF_FAILURE_VIEW``."""
    return _error(
        request, 403, _("Please send the form again"), _("The page was open for too long. Go back and reload it.")
    )


def _error(request: HttpRequest, status: int, title: str | Promise, text: str | Promise) -> HttpResponse:
    context = {"status": status, "title": title, "text": text}
    return render(request, "dovetail/ui/error.html", context, status=status)
