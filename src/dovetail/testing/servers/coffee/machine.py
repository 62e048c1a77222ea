"""The coffee machine: its records, its users' limits, its moods and its memory of calls."""

import threading
from dataclasses import asdict, dataclass, field
from typing import Any

from dovetail.testing.servers.coffee.limit import RateLimit
from dovetail.testing.servers.coffee.messages import Answer, Request
from dovetail.testing.servers.coffee.records import Collection
from dovetail.testing.servers.coffee.switches import Switches
from dovetail.testing.servers.coffee.users import User


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One call that the machine answered."""

    method: str
    path: str
    query: dict[str, str]
    user: str | None
    """The name of the user whose password was right."""
    status: int


@dataclass(kw_only=True)
class Machine:
    """What all threads of the server share."""

    collections: dict[str, Collection]
    limit: RateLimit
    switches: Switches = field(default_factory=Switches)
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count_call(self, user: User) -> float:
        """Count a call of a user; return how many seconds they must wait, 0 if they need not."""
        with self.lock:
            return self.limit.seconds_to_wait(user.username)

    def take_switches(self, page: int) -> Switches:
        """Return how to misbehave at this page, and count it."""
        with self.lock:
            chosen = self.switches
            if page <= chosen.after_page or not chosen.spoil_answers:
                return Switches()
            self.switches = chosen.spend()
            return chosen

    def change_switches(self, values: dict[str, Any]) -> None:
        """Set these switches and leave the others; UnknownSwitch if there is no such switch."""
        with self.lock:
            self.switches = self.switches.change(values)

    def reset_switches(self) -> None:
        """Be good again."""
        with self.lock:
            self.switches = Switches()

    def remember(self, request: Request, answer: Answer, user: User | None) -> None:
        """Keep a call for whoever asks what was called."""
        call = Seen(
            method=request.method,
            path=request.path,
            query=dict(request.query),
            user=user.username if user else None,
            status=0 if answer.drop else answer.status,
        )
        with self.lock:
            self.seen.append(call)

    def calls(self) -> list[dict[str, Any]]:
        """List what was called, oldest first."""
        with self.lock:
            return [asdict(call) for call in self.seen]

    def forget_calls(self) -> None:
        """Empty the list of calls."""
        with self.lock:
            self.seen.clear()
