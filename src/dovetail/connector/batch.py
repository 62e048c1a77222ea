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
"""Primary keys of records by external id, by binding."""


@dataclass(slots=True)
class Item:
    """One record that was translated."""

    external_id: str
    source: Record
    mapped: Mapped

    def row(self, known: Known) -> Row:
        """
        Return the record as it is written.

        Raises:
            RecordProblem: it refers to records that are not there.
        """
        reasons: dict[str, str] = {}
        mapped = self.mapped
        values = mapped.values
        if mapped.references:
            values = values | {
                name: None if id_ is None else _key(known, binding, id_, name, reasons)
                for name, (binding, id_) in mapped.references.items()
            }
        many = {
            name: [_key(known, binding, id_, name, reasons) for id_ in ids]
            for name, (binding, ids) in mapped.reference_lists.items()
        }
        if reasons:
            raise RecordProblem(reasons)
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


def _key(known: Known, binding: type[Binding], external_id: str, field_name: str, reasons: dict[str, str]) -> Any:
    key = known.get(binding, {}).get(external_id)
    if key is None:
        what = {"kind": binding.record_model()._meta.verbose_name, "id": external_id}
        reasons[field_name] = _("The %(kind)s %(id)s is not here and could not be brought in.") % what
    return key
