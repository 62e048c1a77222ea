"""Brings records of one stream in, page after page."""

import traceback
from collections.abc import Iterable
from hashlib import blake2b

from dovetail.connector.adapter import Record
from dovetail.connector.batch import Batch, Item, Known
from dovetail.connector.problem import Rejected
from dovetail.connector.work import Work
from dovetail.connector.writer import PageResult, PageWriter, Row
from dovetail.core.errors import ProgrammingMistake, RecordProblem


class StreamImport:
    """
    The parts of one stream that bring records in; made once for many pages.

    Args:
        work: The stream at work.
        using: The database.
    """

    def __init__(self, work: Work, using: str) -> None:
        self.stream = work.stream
        self.adapter = work.adapter()
        self.mapper = work.mapper()
        self.writer = PageWriter(
            self.stream.binding.record_model(),
            binding_model=self.stream.binding,
            connection=work.connection,
            using=using,
        )

    def map(self, records: Iterable[Record]) -> Batch:
        """
        Translate records; those that cannot be translated are rejected, the others go on.

        Raises:
            ProgrammingMistake: the mapper or the adapter is wrong, whatever the record.
        """
        batch = Batch()
        for record in records:
            batch.fetched += 1
            try:
                item = Item(self.adapter.external_id(record), record, self.mapper.to_internal(record))
            except ProgrammingMistake:
                raise
            except Exception as error:  # noqa: BLE001 -- one record must not stop the others, whatever it does to the code
                batch.rejected.append(self._rejected(record, error))
            else:
                batch.items.append(item)
        return batch

    def write(self, batch: Batch, known: Known) -> PageResult:
        """
        Write what was translated, in the caller's transaction; records that do not fit are added to the rejected.

        Args:
            batch: The records.
            known: What they refer to.
        """
        rows: list[Row] = []
        for item in batch.items:
            try:
                rows.append(item.row(known))
            except RecordProblem as error:
                batch.rejected.append(self._rejected(item.source, error))
        result = self.writer.write(rows)
        batch.rejected += [
            Rejected(external_id=one.external_id, reasons=one.reasons, payload=self.adapter.payload(one.source))
            for one in result.problems
        ]
        return result

    def _rejected(self, record: Record, error: Exception) -> Rejected:
        payload = self.adapter.payload(record)
        return Rejected(
            external_id=self._id_of(record, payload),
            reasons=error.reasons if isinstance(error, RecordProblem) else {"": f"{type(error).__name__}: {error}"},
            payload=payload,
            trace=_trace(error.__cause__ if isinstance(error, RecordProblem) else error),
        )

    def _id_of(self, record: Record, payload: bytes) -> str:
        try:
            return self.adapter.external_id(record)
        except Exception:  # noqa: BLE001 -- it has no id, which may be just why it is rejected
            return "?" + blake2b(payload, digest_size=8).hexdigest()


def _trace(error: BaseException | None) -> str:
    return "".join(traceback.format_exception(error)) if error else ""
