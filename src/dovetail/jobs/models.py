"""The one table of jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dovetail.core import clock
from dovetail.jobs.identity import new_job_id
from dovetail.jobs.tasks import TaskResultStatus as Status


class Job(models.Model):
    """
    One unit of background work, from the moment it is asked for until long after it ended.

    ``READY`` waits for ``run_after``; ``RUNNING`` belongs to ``worker_id`` until ``lease_until``; ``SUCCESSFUL`` and
    ``FAILED`` are ends.
    """

    id = models.UUIDField(primary_key=True, default=new_job_id, editable=False)
    task_path = models.CharField(_("task"), max_length=255)
    backend_name = models.CharField(_("backend"), max_length=64, default="default")
    queue_name = models.CharField(_("queue"), max_length=64, default="default")
    priority = models.SmallIntegerField(_("priority"), default=0)
    args = models.JSONField(_("arguments"), default=list, blank=True)
    kwargs = models.JSONField(_("named arguments"), default=dict, blank=True)

    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.READY)
    enqueued_at = models.DateTimeField(_("enqueued"), default=clock.now)
    run_after = models.DateTimeField(_("runs from"), default=clock.now)
    started_at = models.DateTimeField(_("first started"), null=True, blank=True)
    last_attempted_at = models.DateTimeField(_("last started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveIntegerField(_("most attempts"), default=1)
    crashes = models.PositiveSmallIntegerField(_("workers lost"), default=0)
    worker_id = models.CharField(_("worker"), max_length=64, blank=True, default="")
    worker_ids = models.JSONField(_("workers so far"), default=list, blank=True)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)

    return_value = models.JSONField(_("result"), null=True, blank=True)
    errors = models.JSONField(_("errors"), default=list, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        # A conditional index would be smaller, but MariaDB has none.
        indexes = [models.Index(fields=["status", "-priority", "run_after", "id"], name="dovetail_jobs_due")]

    def __str__(self) -> str:
        return f"{self.task_path} {self.id}"
