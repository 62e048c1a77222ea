"""A server that runs in a process of its own for as long as a test needs it."""

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from typing import IO

from dovetail.core.clock import SystemClock

START_SECONDS = 30.0
STOP_SECONDS = 5.0
POLL_SECONDS = 0.02
LARGEST_OUTPUT = 1_000_000

TIME = SystemClock()
"""The machine's own, for a test may have set the clock of this process, but not that of the server's."""


class ServerDidNotStart(RuntimeError):
    """A server's process ended, or said nothing, before it was ready; the message holds what it printed."""


class ServerProcess:
    """
    One server process, in a process group of its own.

    Its standard input stays open while this process lives, so that a server may stop when its starter is gone.

    Args:
        name: What it is, for messages.
        arguments: The command.
        ready: A regular expression; the server is ready when a line that it printed matches.
    """

    def __init__(self, name: str, arguments: Sequence[str], *, ready: str) -> None:
        self.name = name
        self.arguments = list(arguments)
        self._ready = re.compile(ready)
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> re.Match[str]:
        """
        Start the process and wait until it is ready.

        Returns:
            The match of ``ready``, such as the one that holds the port.
        Raises:
            ServerDidNotStart: it ended or was not ready in time; it is stopped.
        """
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 -- stop() closes it
        self._process = subprocess.Popen(
            self.arguments,
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        return self._wait_until_ready(self._process)

    def stop(self) -> None:
        """Stop the process and its children; nothing happens when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        self._end_group(process)
        for file in (process.stdin, self._output):
            if file:
                file.close()
        self._output = None

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> re.Match[str]:
        end = TIME.monotonic() + START_SECONDS
        while TIME.monotonic() < end:
            if found := self._ready.search(self.output()):
                return found
            if process.poll() is not None:
                break
            TIME.sleep(POLL_SECONDS)
        output = self.output()
        self.stop()
        raise ServerDidNotStart(f"The {self.name} server did not start. It printed: {output[-2000:] or 'nothing'}")

    def output(self) -> str:
        """Return what the process printed so far; nothing once it is stopped."""
        if self._output is None:
            return ""
        # The process writes where its file stands, and we share that file: read without moving.
        return os.pread(self._output.fileno(), LARGEST_OUTPUT, 0).decode(errors="replace")

    def _end_group(self, process: subprocess.Popen[bytes]) -> None:
        _signal_group(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        _signal_group(process.pid, signal.SIGKILL)


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return
