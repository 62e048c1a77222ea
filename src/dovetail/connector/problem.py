"""A record that could not be used, kept with the reason until it can."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dovetail.connector.run import Run
from dovetail.core import clock
from dovetail.core.fields import ExternalIdField
from dovetail.integrations.models import Connection


class ProblemState(models.TextChoices):
    """Whether a problem still stands."""

    OPEN = "open", _("Open")
    SOLVED = "solved", _("Solved")


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """One record that could not be used."""

    external_id: str
    """Its id on the service."""
    reasons: Mapping[str, str]
    """One sentence for each field that does not fit, by its name; the name is empty for the record as a whole."""
    payload: bytes
    """What the service sent, as JSON in UTF-8."""
    trace: str = ""
    """Where the program failed, when it was the program."""


class Problem(models.Model):
    """One record of a stream that was set aside: what the service sent and, by field, why it does not fit."""

    connection = models.ForeignKey(
        Connection, verbose_name=_("connection"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    stream = models.CharField(_("stream"), max_length=200)
    external_id = ExternalIdField(_("external id"))
    run = models.ForeignKey(
        Run, verbose_name=_("run"), on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    payload = models.BinaryField(_("payload"), default=b"")
    reasons = models.JSONField(_("reasons"), default=dict)
    trace = models.TextField(_("trace"), blank=True, default="")
    occurrences = models.PositiveIntegerField(_("occurrences"), default=1)
    first_seen_at = models.DateTimeField(_("first seen"), default=clock.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=ProblemState, default=ProblemState.OPEN)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ("-last_seen_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "stream", "external_id"], name="dovetail_connector_problem_of_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.external_id}"

    def get_absolute_url(self) -> str:
        return reverse("dovetail_connector:problem", kwargs={"pk": self.pk})

    @property
    def payload_text(self) -> str:
        """The payload for people to read."""
        return bytes(self.payload).decode("utf-8", errors="replace")


def set_aside(run: Run, stream: str, rejected: Iterable[Rejected]) -> None:
    """
    Keep records that could not be used, in the caller's transaction; those kept before are brought up to date.

    Args:
        run: The run that met them.
        stream: The name of the stream that they belong to, which may be one that the run's stream refers to.
        rejected: The records; of several with one external id the last counts.
    """
    newest = {_storable(one.external_id): one for one in rejected}
    before = dict(_problems(run.connection, stream, newest).values_list("external_id", "occurrences"))
    rows = [
        Problem(
            connection=run.connection,
            stream=stream,
            external_id=external_id,
            run=run,
            payload=one.payload,
            reasons=dict(one.reasons),
            trace=one.trace,
            occurrences=before.get(external_id, 0) + 1,
        )
        for external_id, one in newest.items()
    ]
    Problem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["connection", "stream", "external_id"],
        update_fields=["run", "payload", "reasons", "trace", "occurrences", "last_seen_at", "state"],
    )


def open_ids(connection: Connection, stream: str) -> set[str]:
    """Return the external ids of a stream's records that stand aside."""
    rows = Problem.objects.filter(connection=connection, stream=stream, state=ProblemState.OPEN)
    return set(rows.values_list("external_id", flat=True))


def solve(connection: Connection, stream: str, external_ids: Collection[str]) -> None:
    """Note that records were written after all, or are gone."""
    if external_ids:
        still_open = _problems(connection, stream, external_ids).filter(state=ProblemState.OPEN)
        still_open.update(state=ProblemState.SOLVED)


def solve_unseen(run: Run) -> None:
    """Note which of a run's chosen records the service does not have any more: their problems are gone with them."""
    chosen = _problems(run.connection, run.stream, run.chosen_ids or [])
    chosen.filter(state=ProblemState.OPEN).exclude(run=run).update(state=ProblemState.SOLVED)


def _problems(connection: Connection, stream: str, external_ids: Collection[str]) -> models.QuerySet[Problem]:
    return Problem.objects.filter(connection=connection, stream=stream, external_id__in=external_ids)


def _storable(external_id: str) -> str:
    return external_id.replace("\x00", "\N{REPLACEMENT CHARACTER}")  # PostgreSQL has no NUL in text
