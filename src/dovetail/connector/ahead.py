"""Records of a run's own stream that came in ahead of their page, because others refer to them."""

from dovetail.connector.batch import Batch
from dovetail.connector.turn import Written
from dovetail.connector.writer import PageResult


class Ahead:
    """Counts such records once: as created with the page that needed them, and not as unchanged with their own."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._created = 0

    def note(self, batch: Batch, result: PageResult) -> None:
        """Note records that were written ahead."""
        self._ids |= batch.written_ids()
        self._created += len(result.created_ids)

    def summarize(self, batch: Batch, result: PageResult) -> Written:
        """Return what became of a page's records."""
        again = len(self._ids & batch.written_ids()) if self._ids else 0
        created, self._created = self._created + len(result.created_ids), 0
        return Written(
            fetched=batch.fetched,
            created=created,
            updated=len(result.updated_ids),
            unchanged=max(0, result.unchanged - again),
            problems=len(batch.rejected),
        )
