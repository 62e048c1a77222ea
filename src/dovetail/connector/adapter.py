"""Speaks one service's interface for one kind of record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dovetail.clients.client import Client
from dovetail.clients.paging import Page
from dovetail.connector.unfit import Unfit
from dovetail.connector.work import Work
from dovetail.core.errors import RecordNotFound, RecordProblem

Record = Mapping[str, Any]


class Adapter:
    """
    What a stream asks of a service. A subclass gives ``pages`` and ``read``, and ``record_url`` where people can look.

    Args:
        work: What the adapter works on; ``self.client`` is its client.
    """

    #: The key of a record that holds its id.
    key = "id"

    def __init__(self, work: Work) -> None:
        self.work = work

    @property
    def client(self) -> Client:
        """Return the client that makes the calls."""
        return self.work.client

    def pages(self, resume: str | None) -> Iterator[Page]:
        """
        Fetch the records page by page.

        Args:
            resume: ``Page.resume`` of the last page that was written; None starts at the beginning.
        Returns:
            Pages; ``resume`` of each leads to the one after it and is None on the last.
        Raises:
            ExternalServiceError: the run waits, pauses or fails, as the error's branch says.
        """
        raise NotImplementedError(f"{type(self).__name__} does not list records.")

    def read(self, external_id: str) -> Record:
        """
        Fetch one record.

        Raises:
            RecordNotFound: the service does not have it.
        """
        raise NotImplementedError(f"{type(self).__name__} does not read single records.")

    def read_many(self, external_ids: Iterable[str]) -> list[Record]:
        """Fetch records by their ids; those that the service does not have are left out."""
        found = []
        for external_id in external_ids:
            try:
                found.append(self.read(external_id))
            except RecordNotFound:
                continue
        return found

    def external_id(self, record: Record) -> str:
        """
        Return a record's id as text.

        Raises:
            RecordProblem: the record has none, or none that can be; it is set aside.
        """
        if not isinstance(record, Mapping):
            raise RecordProblem({"": Unfit.expected(_("a record"), record).reason})
        value = record.get(self.key)
        if value is None or value == "":
            raise RecordProblem({self.key: _("The record has no id.")})
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise RecordProblem({self.key: Unfit.expected(_("text or a whole number"), value).reason})
        return str(value)

    def record_url(self, external_id: str) -> str:
        """Return the page on which people see the record on the service; empty when there is none."""
        return ""

    def payload(self, record: Record) -> bytes:
        """Return a record as it is kept when it is set aside: JSON, indented, in UTF-8."""
        text = json.dumps(record, indent=2, ensure_ascii=False, default=str)
        return text.encode("utf-8", errors="backslashreplace")
