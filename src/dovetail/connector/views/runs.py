"""The pages of runs: all of them, and one that shows itself anew while it is at work."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from dovetail.connector.pace import pace_text, time_left_text
from dovetail.connector.registry import find_stream
from dovetail.connector.run import Run, RunState
from dovetail.connector.start import cancel_run, is_lost, resume_run
from dovetail.connector.views.access import runs_of
from dovetail.core import clock
from dovetail.core.errors import UnknownName
from dovetail.integrations.views.access import PermissionMixin

LONG_QUEUED = timedelta(seconds=15)
"""After that a run that no worker took says so."""


class RunMixin(PermissionMixin):
    """A page of one run."""

    permission_required: str = "dovetail_connector.view_run"

    @cached_property
    def run(self) -> Run:
        return get_object_or_404(runs_of(self.request), uuid=self.kwargs["uuid"])


class RunView(RunMixin, TemplateView):
    """Shows one run."""

    template_name = "dovetail/connector/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(run=self.run, title=title_of(self.run), **live_context(self.run), **kwargs)


class RunLiveView(RunMixin, TemplateView):
    """Shows only what changes while a run is at work; the run's page fetches it again and again."""

    template_name = "dovetail/connector/run_live.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(run=self.run, **live_context(self.run), **kwargs)


class RunListView(PermissionRequiredMixin, ListView):  # type: ignore[type-arg] # takes none at run time
    """Lists all runs, the newest first."""

    template_name = "dovetail/connector/runs.html"
    permission_required = "dovetail_connector.view_run"
    context_object_name = "runs"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Run]:
        return runs_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [{"run": run, "title": title_of(run)} for run in context["runs"]]
        return {**context, "rows": rows, "is_moving": any(run.is_moving for run in context["runs"])}


class ResumeView(RunMixin):
    """Lets a run go on, because a person asks."""

    permission_required = "dovetail_connector.change_run"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not resume_run(self.run):
            messages.info(request, _("The run needs no help: it is at work or over."))
        return redirect(self.run)


class CancelView(RunMixin):
    """Ends a run, because a person asks."""

    permission_required = "dovetail_connector.change_run"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not cancel_run(self.run):
            messages.info(request, _("The run was over already."))
        return redirect(self.run)


def title_of(run: Run) -> str:
    """Return what people call a run's records; the stream's name when its code is gone."""
    try:
        return find_stream(run.connection.integration_id, run.stream).title()
    except UnknownName:
        return run.stream


def live_context(run: Run) -> dict[str, Any]:
    """Return what changes while a run is at work."""
    is_stopped = is_lost(run)
    return {
        "is_stopped": is_stopped,
        "is_moving": run.is_moving and not is_stopped,
        "is_working": run.is_working and not is_stopped,
        "has_no_worker": run.state == RunState.QUEUED and clock.now() - run.touched_at > LONG_QUEUED,
        "pace": pace_text(run),
        "time_left": time_left_text(run),
    }
