"""Finds the records that others refer to, and brings in first what is not here yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from dovetail.connector.batch import Batch, Item, Known, Wanted
from dovetail.connector.binding import Binding
from dovetail.connector.stream_import import StreamImport
from dovetail.integrations.models import Connection

Pool = dict[type[Binding], Batch]
"""Records that something refers to, on their way in."""


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
        self._asked: Wanted = defaultdict(set)

    def resolve(self, binding: type[Binding], batch: Batch) -> Known:
        """
        Find all that a batch refers to; what is not here is read from the service and written first.

        It makes calls, so no transaction should be open around it. Nothing is asked for twice in a run.

        Args:
            binding: Ties the batch's own records; those that refer to each other are not read again.
            batch: The records.
        Returns:
            Primary keys by external id, by binding. What is not there after all is left out.
        """
        wanted = batch.wanted()
        known = self._look_up(wanted)
        missing = self._missing(wanted, known)
        if not missing:
            return known
        self._settle(self._gather(missing, {binding: {item.external_id: item for item in batch.items}}))
        return self._look_up(wanted)

    def _gather(self, missing: Wanted, at_hand: Mapping[type[Binding], Mapping[str, Item]]) -> Pool:
        """Read what is missing, then what that refers to and is missing too, and so on."""
        pool: Pool = defaultdict(Batch)
        while missing:
            level = {binding: self._read(binding, ids, at_hand.get(binding, {})) for binding, ids in missing.items()}
            for binding, batch in level.items():
                self._asked[binding] |= missing[binding]
                pool[binding] += batch
            wanted = _all_wanted(level.values())
            missing = self._missing(wanted, self._look_up(wanted))
        return pool

    def _read(self, binding: type[Binding], external_ids: set[str], at_hand: Mapping[str, Item]) -> Batch:
        stream_import = self.import_of(binding)
        if stream_import is None:
            return Batch()
        to_read = sorted(external_ids - at_hand.keys())
        batch = stream_import.map(stream_import.adapter.read_many(to_read)) if to_read else Batch()
        return batch + Batch(items=[at_hand[external_id] for external_id in external_ids & at_hand.keys()])

    def _settle(self, pool: Pool) -> None:
        """Write gathered records, each after those that it refers to."""
        while pool:
            known = self._look_up(_all_wanted(pool.values()))
            parts = {binding: batch.split(known) for binding, batch in pool.items()}
            if not any(ready.items for ready, _blocked in parts.values()):
                parts = {binding: (batch, Batch()) for binding, batch in pool.items()}  # a circle: they are set aside
            for binding, (ready, _blocked) in parts.items():
                stream_import = self.import_of(binding)
                if stream_import and (ready.items or ready.rejected):
                    self.save(stream_import, ready, known)
            pool = {binding: blocked for binding, (_ready, blocked) in parts.items() if blocked.items}

    def _missing(self, wanted: Wanted, known: Known) -> Wanted:
        missing = {binding: ids - known[binding].keys() - self._asked[binding] for binding, ids in wanted.items()}
        return {binding: ids for binding, ids in missing.items() if ids}

    def _look_up(self, wanted: Wanted) -> Known:
        return look_up(self.connection, wanted, self.using)


def look_up(connection: Connection, wanted: Wanted, using: str) -> Known:
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


def _all_wanted(batches: Iterable[Batch]) -> Wanted:
    wanted: Wanted = defaultdict(set)
    for batch in batches:
        for binding, external_ids in batch.wanted().items():
            wanted[binding] |= external_ids
    return wanted


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
