"""The mapper itself: carries out what its class body declares."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MethodType
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from dovetail.connector.binding import Binding
from dovetail.connector.extras import extra_names
from dovetail.connector.mapper.declarations import (
    LOCAL,
    BoundId,
    BoundIds,
    Declaration,
    Reference,
    References,
    Source,
)
from dovetail.connector.mapper.problems import list_problems
from dovetail.connector.unfit import Unfit
from dovetail.core.errors import ProgrammingMistake, RecordProblem

NONE: Mapping[str, Any] = {}
"""Shared by the many records that have nothing of a kind; never changed."""

MappingFunction = Callable[[Any, Source], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapped:
    """A record in our words; what it refers to is still named by external ids."""

    values: Mapping[str, Any]
    """Values for the record, by field."""
    references: Mapping[str, BoundId] = field(default_factory=lambda: NONE)
    """For each foreign key: the other record's binding model and external id, None for no record."""
    reference_lists: Mapping[str, BoundIds] = field(default_factory=lambda: NONE)
    """For each many-to-many field: the other records' binding model and external ids."""
    extras: Mapping[str, Any] = field(default_factory=lambda: NONE)
    """Values for columns that only the binding has."""


class MappingMethod:
    """A method of a mapper that makes several values at once; made by ``@mapping``."""

    def __init__(self, function: MappingFunction, changed_by: tuple[str, ...]) -> None:
        self.function = function
        self.changed_by = changed_by

    def __get__(self, mapper: "Mapper | None", owner: type) -> Any:
        return self if mapper is None else MethodType(self.function, mapper)


def mapping(*, changed_by: Iterable[str] = ()) -> Callable[[MappingFunction], MappingMethod]:
    """
    Mark a method that takes the service's record and returns values by field, or None for none.

    Args:
        changed_by: Keys of the service's record that the values are made of.
    """
    return lambda function: MappingMethod(function, tuple(changed_by))


class Mapper:
    """
    Translates records of one kind, by the declarations and ``@mapping`` methods of a subclass.

    A subclass of a mapper adds to its declarations or declares them anew; ``name = None`` takes one away.

    Args:
        binding_model: Ties the records; values for its own columns are put into ``Mapped.extras``.
    """

    declarations: ClassVar[dict[str, Declaration]] = {}
    methods: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        body = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}
        marked = {n for base in cls.__mro__ for n, value in vars(base).items() if isinstance(value, MappingMethod)}
        cls.declarations = {name: value for name, value in body.items() if isinstance(value, Declaration)}
        cls.methods = tuple(name for name, value in body.items() if name in marked and value is not None)

    def __init__(self, binding_model: type[Binding] | None = None) -> None:
        self._extra_names = extra_names(binding_model) if binding_model else frozenset()
        imported = [one for one in self.declarations.values() if one.source_of_truth is not LOCAL]
        plain = [one for one in imported if not isinstance(one, Reference | References)]
        self._values = _steps(one for one in plain if one.into not in self._extra_names)
        self._extras = _steps(one for one in plain if one.into in self._extra_names)
        self._references = _steps(one for one in imported if isinstance(one, Reference))
        self._reference_lists = _steps(one for one in imported if isinstance(one, References))

    @classmethod
    def references(cls) -> list[type[Binding]]:
        """List the binding models of the records that these records refer to, each once."""
        declared = [one for one in cls.declarations.values() if isinstance(one, Reference | References)]
        return list(dict.fromkeys(one.binding_model for one in declared))

    @classmethod
    def problems(cls, record_model: type[models.Model], binding_model: type[Binding]) -> list[str]:
        """List, in sentences, what is wrong between the declarations and the models that they fill."""
        return list_problems(cls.__name__, cls.declarations, bool(cls.methods), record_model, binding_model)

    def to_internal(self, source: Source) -> Mapped:
        """
        Translate one record of the service.

        Raises:
            RecordProblem: values are missing or cannot be converted; it names every one.
        """
        reasons: dict[str, str] = {}
        mapped = Mapped(
            values=_take(self._values, source, reasons),
            references=_take(self._references, source, reasons),
            reference_lists=_take(self._reference_lists, source, reasons),
            extras=_take(self._extras, source, reasons),
        )
        if reasons:
            raise RecordProblem(reasons)
        return self._with_methods(source, mapped) if self.methods else mapped

    def _with_methods(self, source: Source, mapped: Mapped) -> Mapped:
        values, extras = dict(mapped.values), dict(mapped.extras)
        for method in self.methods:
            for name, value in self._call(method, source).items():
                (extras if name in self._extra_names else values)[name] = value
        return replace(mapped, values=values, extras=extras)

    def _call(self, method: str, source: Source) -> Mapping[str, Any]:
        try:
            values = getattr(self, method)(source) or {}
        except Unfit as unfit:
            raise RecordProblem({method: unfit.reason}) from unfit
        except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
            # A method reads the record as it likes, so what a bad record raises in it is one of these.
            raise RecordProblem({method: _said(error)}) from error
        if not isinstance(values, Mapping):
            raise ProgrammingMistake(f"{type(self).__name__}.{method}() must return a dict or None, not {values!r}.")
        return values


Steps = list[tuple[str, Callable[[Source], Any]]]


def _steps(declarations: Iterable[Declaration]) -> Steps:
    return [(declaration.into, declaration.to_internal) for declaration in declarations]


def _take(steps: Steps, source: Source, reasons: dict[str, str]) -> Mapping[str, Any]:
    if not steps:
        return NONE
    taken: dict[str, Any] = {}
    for name, to_internal in steps:
        try:
            taken[name] = to_internal(source)
        except Unfit as unfit:  # all of a record's reasons are wanted
            reasons[name] = unfit.reason
    return taken


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return _("“%s” is missing in the record.") % str(error.args[0])
    return _("The record cannot be translated: %s.") % (str(error) or type(error).__name__)
