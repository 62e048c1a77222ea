"""What a mapper's class body declares: where each value of ours stands in a service's record."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, Final

from django.utils.translation import gettext as _

from dovetail.connector.binding import Binding
from dovetail.connector.convert import Converter
from dovetail.connector.unfit import Unfit, shown

Source = Mapping[str, Any]
BoundId = tuple[type[Binding], str | None]
BoundIds = tuple[type[Binding], tuple[str, ...]]


class Missing(Enum):
    """A key that the record does not have; null and the empty text are values."""

    MISSING = auto()


MISSING: Final = Missing.MISSING


class SourceOfTruth(Enum):
    """Which side's value holds for a field."""

    REMOTE = auto()
    LOCAL = auto()
    BOTH = auto()


REMOTE, LOCAL, BOTH = SourceOfTruth.REMOTE, SourceOfTruth.LOCAL, SourceOfTruth.BOTH


class Declaration:
    """
    One value of ours and where it stands in the service's record.

    Args:
        source_path: Keys from the outside in, joined by dots: ``"status.id"``; null or empty text on the way is null.
        into: The field that takes the value; the name of the attribute when left out.
        default: Our value where the key is missing; a callable is called. Without one, such a record is set aside.
        source_of_truth: ``LOCAL`` is never imported.
    """

    def __init__(
        self,
        source_path: str,
        *,
        into: str | None = None,
        default: Any = MISSING,
        source_of_truth: SourceOfTruth = BOTH,
    ) -> None:
        self.source_path = source_path
        self.into = into or ""
        self.default = default
        self.source_of_truth = source_of_truth
        self._read = _reader(source_path)
        self._taken_as_it_is = False

    def __set_name__(self, owner: type, name: str) -> None:
        self.into = self.into or name

    def to_internal(self, source: Source) -> Any:
        """
        Return our value.

        Raises:
            Unfit: the record has no such value, or one that cannot be converted.
        """
        value = self._read(source)
        if value is MISSING:
            return self._default()
        return value if value is None or self._taken_as_it_is else self._converted(value)

    def _converted(self, value: Any) -> Any:
        return value

    def _default(self) -> Any:
        if self.default is MISSING:
            raise Unfit(_("“%s” is missing in the record.") % self.source_path)
        return self.default() if callable(self.default) else self.default


class Field(Declaration):
    """
    A plain value.

    Args:
        convert: Translates the value; null and defaults are not translated.
    """

    def __init__(
        self, source_path: str, into: str | None = None, *, convert: Converter | None = None, **more: Any
    ) -> None:
        super().__init__(source_path, into=into, **more)
        self.convert = convert
        self._taken_as_it_is = convert is None

    def _converted(self, value: Any) -> Any:
        assert self.convert is not None
        try:
            return self.convert.to_internal(value)
        except Unfit:
            raise
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise Unfit(_("%(value)s cannot be converted: %(error)s.") % _said(value, error)) from error


class Reference(Declaration):
    """
    The external id of another record, which a foreign key of ours points to.

    Args:
        binding_model: Ties the other record to its id.
    """

    def __init__(self, source_path: str, binding_model: type[Binding], **more: Any) -> None:
        super().__init__(source_path, **more)
        self.binding_model = binding_model

    def to_internal(self, source: Source) -> BoundId:
        """Return the other record's binding model and its external id, None for no record."""
        return self.binding_model, super().to_internal(source)

    def _converted(self, value: Any) -> str | None:
        return None if value == "" else _as_id(value)


class References(Declaration):
    """
    The external ids of other records, which a many-to-many field of ours points to.

    Args:
        binding_model: Ties the other records to their ids.
        each: Path of the id inside each element of the list; empty when the elements are the ids.
    """

    def __init__(self, source_path: str, binding_model: type[Binding], *, each: str = "", **more: Any) -> None:
        super().__init__(source_path, **more)
        self.binding_model = binding_model
        self._read_each = _reader(each) if each else None

    def to_internal(self, source: Source) -> BoundIds:
        """Return the other records' binding model and their external ids, each once."""
        return self.binding_model, super().to_internal(source) or ()

    def _converted(self, value: Any) -> tuple[str, ...]:
        if value == "":
            return ()
        if not isinstance(value, list | tuple):
            raise Unfit.expected(_("a list of ids"), value)
        return tuple(dict.fromkeys(_as_id(self._id_in(element)) for element in value))

    def _id_in(self, element: Any) -> Any:
        if self._read_each is None:
            return element
        return self._read_each(element) if isinstance(element, Mapping) else MISSING


def _as_id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise Unfit.expected(_("an id"), None if value is MISSING else value)
    return str(value)


def _reader(path: str) -> Callable[[Source], Any]:
    """Compile a path: paths are read for every record, and most have one key."""
    first, *rest = path.split(".")
    if rest:
        return lambda source: _walk(source, (first, *rest))
    return lambda source: source.get(first, MISSING)


def _walk(source: Source, keys: tuple[str, ...]) -> Any:
    value: Any = source
    for key in keys:
        if value is None or value == "":
            return None
        value = value.get(key, MISSING) if isinstance(value, Mapping) else MISSING
    return value


def _said(value: Any, error: Exception) -> dict[str, str]:
    return {"value": shown(value), "error": str(error) or type(error).__name__}
