"""How the coffee machine is told to misbehave."""

from dataclasses import dataclass, fields, replace
from typing import Any


class UnknownSwitch(ValueError):
    """A switch was named that the machine does not have."""


@dataclass(frozen=True, kw_only=True)
class Switches:
    """What goes wrong at the answers that are no page for people; the default is that nothing does."""

    status: int | None = None
    """Answer with this HTTP status and an error."""
    retry_after: str | None = None
    """The ``Retry-After`` header that goes with ``status``: seconds or a date."""
    auth_fail: bool = False
    """Refuse every password."""
    not_json: bool = False
    """Answer 200 with a page of HTML."""
    truncate: bool = False
    """Promise the whole body, send half of it, hang up."""
    drop: bool = False
    """Hang up without an answer."""
    slow_seconds: float = 0
    """Wait so long before each answer."""
    bad_record: int | None = None
    """The id of a brew whose price is a word."""
    after_page: int = 0
    """Misbehave only at pages after this one."""
    times: int | None = None
    """Misbehave so many times, then be good again."""

    @property
    def spoil_answers(self) -> bool:
        """Whether anything but a record goes wrong."""
        return replace(self, bad_record=None, after_page=0, times=None) != Switches()

    def change(self, values: dict[str, Any]) -> "Switches":
        """
        Return switches with these values.

        Raises:
            UnknownSwitch: a name is no switch; the message lists those that are.
        """
        known = {each.name for each in fields(self)}
        if unknown := sorted(set(values) - known):
            raise UnknownSwitch(f"No such switch: {', '.join(unknown)}. Known are: {', '.join(sorted(known))}.")
        return replace(self, **values)

    def spend(self) -> "Switches":
        """Return what is left after misbehaving once."""
        if self.times is None:
            return self
        return replace(self, times=self.times - 1) if self.times > 1 else Switches(bad_record=self.bad_record)
