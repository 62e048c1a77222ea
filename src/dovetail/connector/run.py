"""One execution of a stream: its state, how far it got, and what it did."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dovetail.connector.registry import find_stream
from dovetail.core import clock
from dovetail.integrations.models import Connection
from dovetail.ui.progress import Progress, grouped


class RunState(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    COMPLETED_WITH_PROBLEMS = "completed_with_problems", _("Completed with problems")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


MOVING = (RunState.QUEUED, RunState.RUNNING, RunState.WAITING)
"""States that a run leaves by itself."""
ACTIVE = (*MOVING, RunState.PAUSED)
"""States in which a run is not over."""


class RunQuerySet(models.QuerySet["Run"]):
    """Runs."""

    def of(self, connection: Connection, stream: str) -> "RunQuerySet":
        """Return one stream's runs on one connection."""
        return self.filter(connection=connection, stream=stream)

    def whole(self) -> "RunQuerySet":
        """Return the runs that go through all records, not those that read chosen ones again."""
        return self.filter(chosen_ids__isnull=True)


class Run(models.Model):
    """
    One execution of a stream on one connection.

    Pages are written one after the other; each page's transaction also moves the counters and the checkpoint, so a run
    that was cut off goes on behind the last page that is really there.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    connection = models.ForeignKey(
        Connection, verbose_name=_("connection"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    stream = models.CharField(_("stream"), max_length=200)
    chosen_ids = models.JSONField(_("chosen records"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=30, choices=RunState, default=RunState.QUEUED)
    reason = models.TextField(_("reason"), blank=True, default="")
    retry_at = models.DateTimeField(_("tries again at"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures since the last page"), default=0)

    fetched = models.PositiveBigIntegerField(_("fetched"), default=0)
    created = models.PositiveBigIntegerField(_("created"), default=0)
    updated = models.PositiveBigIntegerField(_("updated"), default=0)
    unchanged = models.PositiveBigIntegerField(_("unchanged"), default=0)
    problems = models.PositiveBigIntegerField(_("problems"), default=0)
    total = models.PositiveBigIntegerField(_("total"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    pace = models.FloatField(_("records per second"), null=True, blank=True)

    checkpoint = models.JSONField(_("checkpoint"), default=dict, blank=True)
    active_key = models.CharField(_("key while active"), max_length=255, unique=True, null=True, editable=False)
    turn = models.PositiveIntegerField(_("turn"), default=0, editable=False)
    holder = models.CharField(_("holder"), max_length=32, default="", editable=False)
    job_id = models.TextField(_("job"), default="", editable=False)

    requested_by = models.TextField(_("requested by"), blank=True, default="")
    queued_at = models.DateTimeField(_("queued at"), default=clock.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    touched_at = models.DateTimeField(_("last sign of life"), default=clock.now, editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ("-queued_at", "-id")
        indexes = [
            models.Index(fields=["connection", "stream", "-queued_at"], name="dovetail_run_of_stream"),
            models.Index(fields=["-queued_at", "-id"], name="dovetail_run_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("dovetail_connector:run", kwargs={"uuid": self.uuid})

    @property
    def stream_class(self) -> Any:
        """
        Return the stream's code.

        Raises:
            UnknownName: no installed app has it any more.
        """
        return find_stream(self.connection.integration_id, self.stream)

    @property
    def is_moving(self) -> bool:
        """Whether the run is waiting for its turn, at work, or about to try again."""
        return self.state in MOVING

    @property
    def is_working(self) -> bool:
        """Whether the run is at work, or will be in a moment."""
        return self.state in {RunState.QUEUED, RunState.RUNNING}

    @property
    def is_active(self) -> bool:
        """Whether the run is not over; a paused one is not over."""
        return self.state in ACTIVE

    @property
    def progress(self) -> Progress:
        """How far the run got; a completed one got through all that there was."""
        if self.state in {RunState.COMPLETED, RunState.COMPLETED_WITH_PROBLEMS}:
            return Progress(done=self.fetched, total=self.fetched)
        return Progress(done=self.fetched, total=self.total)

    @property
    def summary(self) -> str:
        """What the run did, in words: ``0 created, 0 updated, 10,000 unchanged``."""
        parts = [
            _("%(count)s created") % {"count": grouped(self.created)},
            _("%(count)s updated") % {"count": grouped(self.updated)},
            _("%(count)s unchanged") % {"count": grouped(self.unchanged)},
        ]
        if self.problems:
            count = grouped(self.problems)
            parts.append(ngettext("%(count)s problem", "%(count)s problems", self.problems) % {"count": count})
        return ", ".join(map(str, parts))

    @property
    def duration(self) -> timedelta | None:
        """How long the run has taken, waiting included; None before it starts."""
        if self.started_at is None:
            return None
        return (self.finished_at or clock.now()) - self.started_at

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest will take at the present pace; None while that cannot be known."""
        if self.state != RunState.RUNNING or not self.pace or self.total is None:
            return None
        return timedelta(seconds=max(0, self.total - self.fetched) / self.pace)
