"""A Roundup tracker as a process that a test starts and stops."""

import base64
import shutil
import socket
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dovetail.testing.servers.control import call
from dovetail.testing.servers.process import ServerProcess
from dovetail.testing.servers.roundup.home import Home, RoundupFailed, runs_as_root, server_user

NAME = "tracker"
ADMINISTRATOR = "admin"
INSTALL = "Roundup is not installed: pip install roundup"


class RoundupTracker:
    """
    A real Roundup tracker in a process of its own; a context manager that sets it up, starts it and removes it.

    Args:
        issues: How many issues it has.
        calls_per_minute: How often one user may call its REST interface; 0 means no limit.
        port: Where it listens on 127.0.0.1; 0 takes a free port. It stays the same over stop and start.
    """

    username = "dovetail"
    password = "open-the-tracker-2357"

    def __init__(self, *, issues: int = 1000, calls_per_minute: int = 0, port: int = 0) -> None:
        self.issues = issues
        self.calls_per_minute = calls_per_minute
        self.port = port or _free_port()
        self._folder: Path | None = None
        self._process: ServerProcess | None = None

    @staticmethod
    def installed() -> bool:
        """Whether Roundup is installed beside this package."""
        return find_spec("roundup") is not None

    @property
    def url(self) -> str:
        """The address to connect to, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}/{NAME}"

    def start(self) -> None:
        """
        Start the tracker; the first time it is set up, later it goes on with what it has.

        Raises:
            RoundupFailed: Roundup is not installed or could not set the tracker up.
            ServerDidNotStart: its server does not answer.
        """
        if not self.installed():
            raise RoundupFailed(INSTALL)
        if self._folder is None:
            self._folder = self._set_up()
        self._process = ServerProcess("roundup", self._command(self._folder), ready="Roundup server started")
        self._process.start()

    def stop(self) -> None:
        """Stop the server; calls are refused until it is started again."""
        if self._process:
            self._process.stop()
        self._process = None

    def remove(self) -> None:
        """Stop the server and delete all that the tracker holds."""
        self.stop()
        if self._folder:
            shutil.rmtree(self._folder.parent)
        self._folder = None

    def edit_issue(self, id_: int | str, **values: Any) -> None:
        """Change properties of an issue, such as ``title``, as an administrator would."""
        self._change("PUT", f"issue/{id_}", values)

    def add(self, kind: str, **values: Any) -> str:
        """Add an item of a class, such as ``issue``, and return its id."""
        answer, _ = self._call("POST", kind, values)
        return str(answer["data"]["id"])

    def retire(self, kind: str, id_: int | str) -> None:
        """Retire an item: lists leave it out, but what refers to it still does."""
        self._change("DELETE", f"{kind}/{id_}")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def _set_up(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="dovetail-roundup-")) / NAME
        try:
            Home(
                folder=folder,
                address=f"{self.url}/",
                username=self.username,
                password=self.password,
                issues=self.issues,
                calls_per_minute=self.calls_per_minute,
            ).set_up()
        except RoundupFailed:
            shutil.rmtree(folder.parent)
            raise
        return folder

    def _command(self, folder: Path) -> list[str]:
        user = ["-u", server_user()] if runs_as_root() else []
        where = ["-n", "127.0.0.1", "-p", str(self.port)]
        return [sys.executable, "-m", "roundup.scripts.roundup_server", *where, *user, f"{NAME}={folder}"]

    def _change(self, method: str, path: str, values: dict[str, Any] | None = None) -> None:
        _, headers = self._call("GET", path)
        self._call(method, path, values, {"If-Match": headers["ETag"]})

    def _call(self, method: str, path: str, value: Any = None, headers: dict[str, str] | None = None) -> Any:
        token = base64.b64encode(f"{ADMINISTRATOR}:{self.password}".encode()).decode()
        proof = {
            "Authorization": f"Basic {token}",
            "X-Requested-With": "rest",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return call(method, f"{self.url}/rest/data/{path}", value, proof | (headers or {}))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
