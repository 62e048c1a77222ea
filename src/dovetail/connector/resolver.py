"""Finds the records that others refer to, and brings in first what is not here yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from dovetail.connector.batch import Batch, Known, Wanted
from dovetail.connector.binding import Binding
from dovetail.connector.stream_import import StreamImport
from dovetail.integrations.models import Connection

DEEPEST = 20
"""How many levels of references are followed; what lies below counts as missing."""

Above = frozenset[tuple[type[Binding], str]]
"""The records that are on their way in because something refers to them."""


class Resolver:
    """
    Resolves the references of one run's records.

    Args:
        connection: Whose ids they are.
        import_of: Returns the part that brings in a binding's records; None when no stream keeps them.
        save: Writes a batch of records that were referred to, in a transaction of its own.
        using: The database.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        import_of: Callable[[type[Binding]], StreamImport | None],
        save: Callable[[StreamImport, Batch, Known], None],
        using: str,
    ) -> None:
        self.connection = connection
        self.import_of = import_of
        self.save = save
        self.using = using
        self._given_up: Wanted = defaultdict(set)

    def resolve(self, batch: Batch) -> Known:
        """
        Find all that a batch refers to; what is not here is read from the service and written first.

        It makes calls, so no transaction should be open around it.

        Returns:
            Primary keys by external id, by binding. What is not there after all is left out.
        """
        return self._resolve(batch, above=frozenset(), levels=DEEPEST)

    def _resolve(self, batch: Batch, *, above: Above, levels: int) -> Known:
        wanted = batch.wanted()
        known = look_up(self.connection, wanted, self.using)
        missing = {binding: ids - known[binding].keys() - self._given_up[binding] for binding, ids in wanted.items()}
        missing = {binding: ids for binding, ids in missing.items() if ids}
        if missing:
            self._bring_in(missing, above, levels)
            for binding, found in look_up(self.connection, missing, self.using).items():
                known[binding].update(found)
                self._given_up[binding] |= missing[binding] - found.keys()
        return known

    def _bring_in(self, missing: Wanted, above: Above, levels: int) -> None:
        for binding, external_ids in missing.items():
            stream_import = self.import_of(binding)
            readable = sorted(id_ for id_ in external_ids if (binding, id_) not in above)  # the others are a circle
            if stream_import is None or not readable or not levels:
                continue
            batch = stream_import.map(stream_import.adapter.read_many(readable))
            here = above.union((binding, external_id) for external_id in readable)
            self.save(stream_import, batch, self._resolve(batch, above=here, levels=levels - 1))


def look_up(connection: Connection, wanted: Wanted, using: str) -> dict[type[Binding], dict[str, Any]]:
    """
    Find records by their external ids, all kinds in one statement.

    Returns:
        Primary keys by external id, by binding; what is not bound is left out.
    """
    known: dict[type[Binding], dict[str, Any]] = defaultdict(dict)
    asked = {binding._meta.label: binding for binding, external_ids in wanted.items() if external_ids}
    if not asked:
        return known
    first, *others = [_ids_of(binding, connection, wanted[binding], using) for binding in asked.values()]
    readers = {label: _key_reader(binding) for label, binding in asked.items()}
    for label, external_id, key in first.union(*others, all=True) if others else first:
        known[asked[label]][external_id] = readers[label](key)
    return known


def _ids_of(
    binding: type[Binding], connection: Connection, external_ids: Iterable[str], using: str
) -> "QuerySet[Binding, tuple[str, str, str]]":
    found = binding._base_manager.using(using).filter(connection=connection, external_id__in=external_ids)
    # As text, because a union needs one type, and models differ in that of their primary key.
    return found.order_by().values_list(Value(binding._meta.label), "external_id", Cast("record_id", TextField()))


def _key_reader(binding: type[Binding]) -> Callable[[str], Any]:
    primary_key = binding.record_model()._meta.pk
    assert primary_key is not None
    return primary_key.to_python
