"""Records that are read again by their ids, in pages like a listing's."""

from collections.abc import Iterator, Sequence

from dovetail.clients.paging import Page
from dovetail.connector.adapter import Adapter


def chosen_pages(adapter: Adapter, external_ids: Sequence[str], *, size: int, resume: str | None) -> Iterator[Page]:
    """
    Fetch chosen records page by page; those that the service does not have any more are left out.

    Args:
        adapter: Reads them.
        external_ids: Which ones.
        size: How many are read at a time.
        resume: ``Page.resume`` of the last page that was written; None starts at the beginning.
    """
    for start in range(int(resume or 0), len(external_ids), size):
        end = start + size
        yield Page(
            items=list(adapter.read_many(external_ids[start:end])),
            resume=str(end) if end < len(external_ids) else None,
            number=start // size + 1,
            total=len(external_ids),
        )
