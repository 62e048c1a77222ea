"""Records of one stream on their way in: translated, and waiting for what they refer to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dovetail.connector.adapter import Record
from dovetail.connector.binding import Binding
from dovetail.connector.mapper import Mapped
from dovetail.connector.problem import Rejected
from dovetail.connector.writer import Row
from dovetail.core.errors import RecordProblem

Wanted = dict[type[Binding], set[str]]
"""External ids by the binding that knows them."""
Known = Mapping[type[Binding], Mapping[str, Any]]
"""Primary keys of records by external id, by binding; for every binding that a batch names there is an entry."""


@dataclass(slots=True)
class Item:
    """One record that was translated."""

    external_id: str
    source: Record
    mapped: Mapped

    def is_ready(self, known: Known) -> bool:
        """Tell whether all that the record refers to is known."""
        singles = all(id_ is None or id_ in known[binding] for binding, id_ in self.mapped.references.values())
        return singles and all(
            known[binding].keys() >= set(ids) for binding, ids in self.mapped.reference_lists.values()
        )

    def row(self, known: Known) -> Row:
        """
        Return the record as it is written.

        Raises:
            RecordProblem: it refers to records that are not there.
        """
        mapped = self.mapped
        if mapped.references or mapped.reference_lists:
            return self._row_that_refers(known)
        return Row(external_id=self.external_id, values=mapped.values, extras=mapped.extras, source=self.source)

    def _row_that_refers(self, known: Known) -> Row:
        mapped, missing = self.mapped, []
        values = dict(mapped.values)
        for name, (binding, id_) in mapped.references.items():
            values[name] = key = None if id_ is None else known[binding].get(id_)
            if key is None and id_ is not None:
                missing.append((name, binding, id_))
        many: dict[str, list[Any]] = {}
        for name, (binding, ids) in mapped.reference_lists.items():
            keys = known[binding]
            many[name] = [keys[id_] for id_ in ids if id_ in keys]
            missing += [(name, binding, id_) for id_ in ids if id_ not in keys]
        if missing:
            raise RecordProblem({name: _is_missing(binding, id_) for name, binding, id_ in missing})
        return Row(external_id=self.external_id, values=values, extras=mapped.extras, many=many, source=self.source)


@dataclass(slots=True)
class Batch:
    """Records of one stream that are written together."""

    items: list[Item] = field(default_factory=list)
    """The records that were translated."""
    rejected: list[Rejected] = field(default_factory=list)
    """Those that cannot be used."""
    fetched: int = 0
    """How many there were in all."""

    def __add__(self, other: "Batch") -> "Batch":
        return Batch(
            items=self.items + other.items,
            rejected=self.rejected + other.rejected,
            fetched=self.fetched + other.fetched,
        )

    def written_ids(self) -> set[str]:
        """Return the external ids of the records that were not rejected."""
        return {item.external_id for item in self.items} - {one.external_id for one in self.rejected}

    def split(self, known: Known) -> tuple["Batch", "Batch"]:
        """Return the records that refer only to what is known, with those rejected, and the others."""
        ready, blocked = Batch(rejected=self.rejected, fetched=self.fetched), Batch()
        for item in self.items:
            (ready if item.is_ready(known) else blocked).items.append(item)
        return ready, blocked

    def wanted(self) -> Wanted:
        """Collect what the records refer to."""
        wanted: Wanted = defaultdict(set)
        for item in self.items:
            for binding, external_id in item.mapped.references.values():
                if external_id is not None:
                    wanted[binding].add(external_id)
            for binding, external_ids in item.mapped.reference_lists.values():
                wanted[binding].update(external_ids)
        return wanted


def _is_missing(binding: type[Binding], external_id: str) -> str:
    what = {"kind": binding.record_model()._meta.verbose_name, "id": external_id}
    return _("The %(kind)s %(id)s is not here and could not be brought in.") % what
