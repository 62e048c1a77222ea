"""What a page is about; rows of another tenant are not there."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from dovetail.connector.problem import Problem
from dovetail.connector.registry import find_stream
from dovetail.connector.run import Run
from dovetail.connector.stream import Stream
from dovetail.core.errors import UnknownName
from dovetail.integrations.models import Connection
from dovetail.integrations.views.access import ConnectionMixin

__all__ = ["ConnectionMixin", "StreamMixin", "problems_of", "runs_of", "user_name"]


class StreamMixin(ConnectionMixin):
    """A page of one stream on one connection."""

    @cached_property
    def stream(self) -> type[Stream]:
        try:
            return find_stream(self.connection.integration_id, self.kwargs["stream"])
        except UnknownName as error:
            raise Http404(str(error)) from error


def runs_of(request: HttpRequest) -> QuerySet[Run]:
    """Return the runs that a request's tenant may see, with their connections."""
    return Run.objects.filter(connection__in=_connections(request)).select_related("connection")


def problems_of(request: HttpRequest) -> QuerySet[Problem]:
    """Return the problems that a request's tenant may see, with their connections."""
    return Problem.objects.filter(connection__in=_connections(request)).select_related("connection")


def user_name(request: HttpRequest) -> str:
    """Return the name of who asks, as it is kept with a run."""
    return "" if isinstance(request.user, AnonymousUser) else request.user.get_username()


def _connections(request: HttpRequest) -> QuerySet[Connection]:
    return Connection.objects.for_tenant(request).order_by()
