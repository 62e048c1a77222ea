"""A hub as an operator runs it: a folder, a database, processes."""

import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from dovetail.testing.servers.coffee import CoffeeServer
from dovetail.testing.servers.roundup import RoundupTracker

DOVETAIL = Path(sys.executable).with_name("dovetail")
START_SECONDS = 30
STOP_SECONDS = 15


class Hub:
    """
    One hub in a folder of its own.

    Args:
        folder: Where its configuration, keys, logs and SQLite file are.
        database: Its address, as ``hub.database`` takes it.
        settings: More settings by the name of their variable, such as ``{"DOVETAIL_JOBS_LEASE_SECONDS": "2"}``.
    """

    def __init__(self, folder: Path, database: str, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {name: value for name, value in os.environ.items() if not name.startswith("DOVETAIL_")}
        self.environment = {
            **own,
            "DOVETAIL_HOME": str(folder),
            "DOVETAIL_HUB_DATABASE": database,
            "DOVETAIL_HUB_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "dovetail.hub.settings",
            **settings,
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def create(self) -> None:
        """Make the folder and the tables."""
        self.command("init")
        self.command("migrate")

    def command(self, *words: str) -> str:
        """Carry out ``dovetail <words>`` and return what it printed."""
        done = self.attempt(*words)
        assert done.returncode == 0, (
            f"dovetail {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def attempt(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Carry out ``dovetail <words>``, whatever comes of it."""
        return subprocess.run(
            [DOVETAIL, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120
        )

    def python(self, code: str, *arguments: str) -> str:
        """Run code with the hub's settings and Django set up, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *arguments],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def connect(self, integration_id: str, service: "CoffeeServer | RoundupTracker") -> str:
        """Make a connection as the connect page does, and return its uuid."""
        return self.python(
            "import sys\n"
            "from dovetail.integrations.models import Connection\n"
            "_, integration_id, address, username, password = sys.argv\n"
            "print(Connection.objects.create(integration_id=integration_id, name='Ours', address=address,"
            " settings={'username': username}, credentials={'password': password}).uuid)",
            integration_id, service.url, service.username, service.password,
        )  # fmt: skip

    def start_run(self, integration_id: str, stream: str) -> str:
        """Ask for a run as the button does, and return its uuid."""
        return self.python(
            "import sys\n"
            "from dovetail.connector.registry import find_stream\n"
            "from dovetail.integrations.models import Connection\n"
            "print(find_stream(*sys.argv[1:]).sync(Connection.objects.get()).uuid)",
            integration_id, stream,
        )  # fmt: skip

    def run_row(self, uuid: str) -> dict[str, Any]:
        """Return a run's row as a dictionary."""
        row = self.python(
            "import sys, json\n"
            "from django.forms.models import model_to_dict\n"
            "from dovetail.connector.models import Run\n"
            "print(json.dumps(model_to_dict(Run.objects.get(uuid=sys.argv[1])), default=str))",
            uuid,
        )
        return dict(json.loads(row))

    def query(self, sql: str) -> list[Any]:
        """Ask the hub's database, from outside Dovetail."""
        return list(json.loads(self.python(
            "import sys, json\n"
            "from django.db import connection\n"
            "cursor = connection.cursor()\n"
            "cursor.execute(sys.argv[1])\n"
            "print(json.dumps(cursor.fetchall() if cursor.description else [], default=str))",
            sql,
        )))  # fmt: skip

    def sign_in_link(self, username: str = "alice") -> str:
        """Return a link that signs an administrator in, once."""
        return self.command("create-user", username, "--admin").split()[-1]

    def serve(self) -> "subprocess.Popen[bytes]":
        """Start the web process and wait until it answers."""
        process = self._spawn("start")
        wait_until(lambda: answers(f"{self.url}/sign-in/"), START_SECONDS, f"an answer at {self.url}", process)
        return process

    def work(self) -> "subprocess.Popen[bytes]":
        """Start a worker process."""
        return self._spawn("worker")

    def stop(self) -> None:
        """Stop what was started, by its process group."""
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                kill(process)
        self._processes.clear()

    def log(self) -> str:
        """Return what all processes printed."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def _spawn(self, *words: str) -> "subprocess.Popen[bytes]":
        log = (self.folder / f"{len(self._processes)}-{words[0]}.log").open("ab")
        with log:
            process = subprocess.Popen(
                [DOVETAIL, *words], env=self.environment, cwd=self.folder,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all it started as a power cut would (kill -9)."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP_SECONDS)


def wait_until(
    reached: Callable[[], Any], seconds: float, what: str, process: "subprocess.Popen[bytes] | None" = None
) -> Any:
    """Return what the call returns once that is true; fail when it takes too long or the process ends."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := reached():
            return result
        assert process is None or process.poll() is None, f"the process ended with {process and process.returncode}"
        time.sleep(0.05)
    raise AssertionError(f"after {seconds} s there is still not {what}")


def answers(url: str) -> bool:
    """Tell whether a server answers there."""
    try:
        return bool(urllib.request.urlopen(url, timeout=5).status == 200)
    except OSError:
        return False


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Visitor:
    """Somebody who is signed in and asks for pages without a browser."""

    def __init__(self, hub: Hub) -> None:
        self.url = hub.url
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self._open(hub.sign_in_link("visitor"), timeout=30).close()

    def text(self, path: str) -> str:
        """Return the words of a page, without its tags."""
        with self._open(f"{self.url}{path}", timeout=30) as answer:
            page = re.sub(r"<(script|style).*?</\1>", "", answer.read().decode(), flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
