"""Brings a run's records in: fetch a page, translate it, resolve its references, write it and move the checkpoint."""

from collections.abc import Generator
from contextlib import closing

from django.db import transaction

from dovetail.clients.paging import Page
from dovetail.connector.ahead import Ahead
from dovetail.connector.batch import Batch, Known
from dovetail.connector.binding import Binding
from dovetail.connector.chosen import chosen_pages
from dovetail.connector.problem import open_ids, set_aside, solve, solve_unseen
from dovetail.connector.registry import stream_of_binding
from dovetail.connector.resolver import Resolver
from dovetail.connector.stream_import import StreamImport
from dovetail.connector.turn import Turn
from dovetail.connector.work import Work
from dovetail.connector.writer import PageResult


class Importer:
    """
    Works on one run during one turn.

    Args:
        work: The stream at work on a connection.
        turn: The right to change the run.
    """

    def __init__(self, work: Work, turn: Turn) -> None:
        self.work = work
        self.turn = turn
        self.run = turn.run
        self.using = turn.using
        self._open_ids: dict[str, set[str]] = {}
        self._imports: dict[type[Binding], StreamImport | None] = {}
        self._ahead = Ahead()
        self.resolver = Resolver(work.connection, import_of=self._import_of, save=self._save_referred, using=self.using)

    def pages(self) -> Generator[Page]:
        """
        Import the rest of the run and yield each page after it was written.

        Raises:
            TurnLost: the run is no longer ours.
            ExternalServiceError: the service did not do what it was asked; what is written stays.
            DatabaseError: the database did not take a page, and nothing of it is there.
        """
        own = self._import_of(self.work.stream.binding)
        assert own is not None
        with closing(self._fetch(own)) as pages:
            for page in pages:
                self._import(own, page)
                yield page
        self._complete()

    def _fetch(self, own: StreamImport) -> Generator[Page]:
        resume = self.run.checkpoint.get("resume")
        if self.run.chosen_ids is None:
            yield from own.adapter.pages(resume)
        else:
            size = self.work.stream.page_size
            yield from chosen_pages(own.adapter, self.run.chosen_ids, size=size, resume=resume)

    def _import(self, own: StreamImport, page: Page) -> None:
        batch = own.map(page.items)
        known = self.resolver.resolve(own.stream.binding, batch)
        with transaction.atomic(self.using):
            result = self._write(own, batch, known)
            written = self._ahead.summarize(batch, result)
            self.turn.save_page(written, resume=page.resume, total=page.total)

    def _save_referred(self, stream_import: StreamImport, batch: Batch, known: Known) -> None:
        with transaction.atomic(self.using):
            result = self._write(stream_import, batch, known)
        if stream_import.stream is self.work.stream:
            self._ahead.note(batch, result)

    def _write(self, stream_import: StreamImport, batch: Batch, known: Known) -> PageResult:
        result = stream_import.write(batch, known)
        self._keep_problems(stream_import.stream.name, batch)
        return result

    def _keep_problems(self, stream: str, batch: Batch) -> None:
        """Set the rejected aside, and note which of those set aside before were written now."""
        still_open = self._open_ids.get(stream)
        if still_open is None:
            still_open = self._open_ids[stream] = open_ids(self.work.connection, stream)
        if batch.rejected:
            set_aside(self.run, stream, batch.rejected)
            still_open |= {one.external_id for one in batch.rejected}
        if still_open:
            written = batch.written_ids()
            solve(self.work.connection, stream, still_open & written)
            still_open -= written

    def _complete(self) -> None:
        with transaction.atomic(self.using):
            if self.run.chosen_ids is not None:
                solve_unseen(self.run)
            self.turn.complete()

    def _import_of(self, binding: type[Binding]) -> StreamImport | None:
        if binding not in self._imports:
            stream = stream_of_binding(binding)
            self._imports[binding] = StreamImport(self.work.on(stream), self.using) if stream else None
        return self._imports[binding]
