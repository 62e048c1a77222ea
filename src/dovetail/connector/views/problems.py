"""The records that were set aside: a list, a page for each, and the buttons to try again."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from dovetail.connector.problem import Problem, ProblemState, open_ids
from dovetail.connector.registry import find_stream
from dovetail.connector.start import start_run
from dovetail.connector.views.access import StreamMixin, problems_of, user_name
from dovetail.connector.views.records import service_urls
from dovetail.core.errors import UnknownName
from dovetail.integrations.views.access import PermissionMixin


class ProblemListView(StreamMixin, ListView):  # type: ignore[type-arg] # takes none at run time
    """Lists the records of a stream that stand aside."""

    template_name = "dovetail/connector/problems.html"
    permission_required = "dovetail_connector.view_problem"
    context_object_name = "problems"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Problem]:
        rows = problems_of(self.request).filter(connection=self.connection, stream=self.stream.name)
        return rows.filter(state=ProblemState.OPEN).defer("payload", "trace")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(connection=self.connection, stream=self.stream, **kwargs)


class ProblemMixin(PermissionMixin):
    """A page of one problem."""

    permission_required: str = "dovetail_connector.view_problem"

    @cached_property
    def problem(self) -> Problem:
        return get_object_or_404(problems_of(self.request).select_related("run"), pk=self.kwargs["pk"])


class ProblemView(ProblemMixin, TemplateView):
    """Shows why a record was set aside, and what the service sent."""

    template_name = "dovetail/connector/problem.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problem = self.problem
        try:
            stream = find_stream(problem.connection.integration_id, problem.stream)
        except UnknownName:
            return super().get_context_data(problem=problem, **kwargs)
        links = service_urls(problem.connection, stream, [problem.external_id])
        service_url = links.get(problem.external_id, "")
        return super().get_context_data(problem=problem, stream=stream, service_url=service_url, **kwargs)


class RetryView(ProblemMixin):
    """Reads one record again and tries to use it."""

    permission_required = "dovetail_connector.change_problem"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        problem = self.problem
        try:
            stream = find_stream(problem.connection.integration_id, problem.stream)
        except UnknownName as error:
            messages.error(request, str(error))
            return redirect(problem)
        chosen = [problem.external_id]
        return redirect(start_run(stream, problem.connection, requested_by=user_name(request), chosen_ids=chosen))


class RetryAllView(StreamMixin, View):
    """Reads all records again that stand aside, and tries to use them."""

    permission_required = "dovetail_connector.change_problem"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = sorted(open_ids(self.connection, self.stream.name))
        if not chosen:
            messages.info(request, _("No record stands aside."))
            return redirect(self.connection)
        return redirect(start_run(self.stream, self.connection, requested_by=user_name(request), chosen_ids=chosen))
