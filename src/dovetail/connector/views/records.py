"""The records of one stream, each with its link to the service."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.views.generic import ListView

from dovetail.connector.binding import Binding
from dovetail.connector.run import Run
from dovetail.connector.stream import Stream
from dovetail.connector.views.access import StreamMixin
from dovetail.connector.work import work_on
from dovetail.core.errors import DovetailError
from dovetail.integrations.models import Connection
from dovetail.integrations.views.access import permission_for


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """One record of a stream as its page shows it."""

    binding: Binding
    record: Model
    url: str
    """The record's own page here; empty when it has none."""
    service_url: str
    """The record's page on the service; empty when it has none."""


class RecordListView(StreamMixin, ListView):  # type: ignore[type-arg] # takes none at run time
    """Lists the records; whoever may see the model's records may see them here."""

    template_name = "dovetail/connector/records.html"
    paginate_by = 50

    def get_permission_required(self) -> tuple[str, ...]:
        return ("dovetail_integrations.view_connection", permission_for("view", self.stream.binding.record_model()))

    def get_queryset(self) -> QuerySet[Binding]:
        rows: QuerySet[Any] = self.stream.binding._base_manager.filter(connection=self.connection)
        return rows.select_related("record").order_by("record", "pk")  # as the records order themselves

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        bindings = list(context["page_obj"])
        links = service_urls(self.connection, self.stream, [binding.external_id for binding in bindings])
        return {
            **context,
            "connection": self.connection,
            "stream": self.stream,
            "run": Run.objects.of(self.connection, self.stream.name).whole().first(),
            "rows": [_row(binding, links) for binding in bindings],
        }


def service_urls(connection: Connection, stream: type[Stream], external_ids: list[str]) -> dict[str, str]:
    """Return the pages of records on the service; nothing is called. Without readable credentials there are none."""
    try:
        with work_on(connection, stream) as work:
            adapter = work.adapter()
            return {external_id: adapter.record_url(external_id) for external_id in external_ids}
    except DovetailError:
        return {}


def _row(binding: Binding, links: dict[str, str]) -> RecordRow:
    record: Any = binding.record
    own_page = getattr(record, "get_absolute_url", None)
    return RecordRow(
        binding=binding,
        record=record,
        url=own_page() if own_page else "",
        service_url=links.get(binding.external_id, ""),
    )
