"""Named things that rooms and applications add to one another."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from dovetail.core.errors import DuplicateName, UnknownName

T = TypeVar("T")


class Registry(Generic[T]):
    """
    Things of one kind by name, in the order in which they were added.

    Args:
        kind: What the things are, in the singular, for messages: ``"integration"``.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> T:
        """
        Add a thing and return it.

        Raises:
            DuplicateName: another thing has this name. Adding the same thing again is no error.
        """
        if self._items.get(name, item) is not item:
            raise DuplicateName(self.kind, name)
        self._items[name] = item
        return item

    def remove(self, name: str) -> T:
        """Take a thing out and return it; UnknownName if it is not there."""
        item = self.get(name)
        del self._items[name]
        return item

    def get(self, name: str) -> T:
        """
        Return the thing with this name.

        Raises:
            UnknownName: nothing has this name; the message lists what is known.
        """
        try:
            return self._items[name]
        except KeyError:
            raise UnknownName(self.kind, name, self._items) from None

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items.values()))

    def __len__(self) -> int:
        return len(self._items)

    def names(self) -> list[str]:
        """List the names in the order in which they were added."""
        return list(self._items)
