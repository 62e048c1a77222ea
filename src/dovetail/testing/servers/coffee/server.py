"""The coffee machine as a process that a test starts and stops."""

import base64
import sys
from types import TracebackType
from typing import Any, Self

from dovetail.testing.servers.coffee.users import DEMONSTRATION_USER
from dovetail.testing.servers.control import call
from dovetail.testing.servers.process import ServerProcess


class CoffeeServer:
    """
    A coffee machine in a process of its own; a context manager that starts and stops it.

    Args:
        brews: How many brews it knows.
        calls_per_minute: How often one user may call; 0 means no limit.
        port: Where it listens on 127.0.0.1; 0 takes a free port, which a later start takes again.
    """

    username = DEMONSTRATION_USER.username
    password = DEMONSTRATION_USER.password
    account_id = DEMONSTRATION_USER.id

    def __init__(self, *, brews: int = 10_000, calls_per_minute: int = 0, port: int = 0) -> None:
        self.brews = brews
        self.calls_per_minute = calls_per_minute
        self.port = port
        self._process: ServerProcess | None = None

    @property
    def url(self) -> str:
        """The address to connect to, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; records and switches are as new. ServerDidNotStart if it cannot."""
        self._process = ServerProcess("coffee", self._command(), ready=r"listens on http://127\.0\.0\.1:(\d+)")
        self.port = int(self._process.start()[1])

    def stop(self) -> None:
        """Stop it; calls are refused from now on."""
        if self._process:
            self._process.stop()
        self._process = None

    def switch(self, **switches: Any) -> None:
        """Set switches, see ``Switches``; the others stay as they are."""
        call("PUT", f"{self.url}/_switches", switches)

    def reset(self) -> None:
        """Behave well again and forget the calls."""
        call("DELETE", f"{self.url}/_switches")
        call("DELETE", f"{self.url}/_log")

    def calls(self) -> list[dict[str, Any]]:
        """List the calls since the last reset: ``method``, ``path``, ``query``, ``user``, ``status`` (0: hung up)."""
        seen, _ = call("GET", f"{self.url}/_log")
        return list(seen)

    def edit_brew(self, id_: int, **values: Any) -> None:
        """Change a brew, as a barista would at the machine."""
        token = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        call("PATCH", f"{self.url}/brews/{id_}", values, {"Authorization": f"Basic {token}"})

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _command(self) -> list[str]:
        options = {"--port": self.port, "--brews": self.brews, "--calls-per-minute": self.calls_per_minute}
        pairs = [text for name, value in options.items() for text in (name, str(value))]
        return [sys.executable, "-m", "dovetail.testing.servers.coffee", *pairs, "--stop-with-input"]
