"""Sets up the folder of a Roundup tracker."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SEED = "dovetail.testing.servers.roundup.seed"
PASSWORD_ROUNDS = 1000
RATE_INTERVAL_SECONDS = 60


class RoundupFailed(RuntimeError):
    """A command of Roundup failed; the message holds what it printed."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where a tracker lives, and what is in it from the start."""

    folder: Path
    """Does not exist yet; its parent does."""
    address: str
    """Under which people reach the tracker, with a slash at the end."""
    username: str
    """Of an account with the role User."""
    password: str
    """Of this account and of ``admin``."""
    issues: int
    """How many issues the tracker has."""
    calls_per_minute: int
    """How often one user may call the REST interface; 0 means no limit."""

    def set_up(self) -> None:
        """
        Install the tracker, fill it, and hand it to the user that the server runs as.

        Raises:
            RoundupFailed: Roundup is not installed or refuses something.
        """
        _run(SEED, self.folder, self._options(), self.username, self.password, self.issues)
        if runs_as_root():
            _give_away(self.folder.parent)

    def _options(self) -> str:
        options = {
            "tracker_web": self.address,
            "tracker_name": "Roundup tracker",
            "tracker_email": "tracker@localhost",
            "mail_domain": "localhost",
            "mail_host": "localhost",
            # the default of 250,000 rounds costs half a second at each call with Basic authentication
            "password_pbkdf2_default_rounds": PASSWORD_ROUNDS,
            "web_api_calls_per_interval": self.calls_per_minute,
            "web_api_interval_in_sec": RATE_INTERVAL_SECONDS,
        }
        return ",".join(f"{name}={value}" for name, value in options.items())


def runs_as_root() -> bool:
    """Whether this process is root's, as which Roundup's server refuses to run."""
    return os.geteuid() == 0


def server_user() -> str:
    """Return whom root lets the server run as: nobody, or root itself where others cannot read what it needs."""
    needed = [Path(str(find_spec("roundup").origin)), Path(tempfile.gettempdir()) / "tracker"]  # type: ignore[union-attr] # it is installed
    is_open = all(parent.stat().st_mode & stat.S_IXOTH for path in needed for parent in path.parents)
    return "nobody" if is_open else "root"


def _give_away(folder: Path) -> None:
    user = server_user()
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, user=user)


def _run(module: str, *arguments: object) -> None:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise RoundupFailed((done.stderr or done.stdout).strip()[-2000:])
