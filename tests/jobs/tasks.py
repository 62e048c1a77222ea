"""The jobs that the tests of this room run, some of them in processes of their own."""

import os
import signal
import threading
from datetime import timedelta
from pathlib import Path

from dovetail.core import clock
from dovetail.core.errors import RateLimited, ServiceUnavailable
from dovetail.core.retry import RetryPolicy
from dovetail.jobs.job import job
from dovetail.jobs.tasks import task

gate = threading.Event()
"""What ``wait_at_gate`` waits for."""
begun = threading.Semaphore(0)
"""Counts the jobs that reached the gate."""


def write_line(path: str, line: str) -> None:
    """Append a line in one write, which several processes may do at once."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def read_lines(path: Path) -> list[str]:
    """Return what ``write_line`` wrote."""
    return path.read_text().splitlines() if path.exists() else []


@job()
def log(path: str, line: str, seconds: float = 0) -> None:
    """Take a while and write a line."""
    clock.sleep(seconds)
    write_line(path, line)


@job()
def log_begin_and_end(path: str, seconds: float) -> None:
    """Write a line, take a while, write another."""
    write_line(path, "begin")
    clock.sleep(seconds)
    write_line(path, "end")


@job()
def kill_worker(path: str) -> None:
    """Die without a word, and take the worker along."""
    write_line(path, "killed")
    os.kill(os.getpid(), signal.SIGKILL)


@job()
def wait_at_gate() -> None:
    """Wait for the test."""
    begun.release()
    gate.wait(10)


@job()
def do_nothing() -> None:
    """Do nothing."""


@task
def plain() -> str:
    """Return a text; an ordinary Django task."""
    return "plain"


@job(attempts=3)
def call_busy_service(wait_seconds: float | None = None) -> None:
    """Fail in a way that may pass."""
    if wait_seconds is None:
        raise ServiceUnavailable
    raise RateLimited(retry_after=timedelta(seconds=wait_seconds))


@job(attempts=3)
def make_mistake() -> None:
    """Fail in a way that will not pass."""
    raise ZeroDivisionError


@job(retry=RetryPolicy(attempts=2, exceptions=(ZeroDivisionError,)))
def make_forgiven_mistake() -> None:
    """Fail in a way that the policy forgives."""
    raise ZeroDivisionError


@job()
def return_nul() -> str:
    """Return what PostgreSQL cannot store."""
    return "\0"


@job()
def return_object() -> object:
    """Return what is no JSON."""
    return object()


@job()
def fail_with_nul() -> None:
    """Fail with a message that PostgreSQL cannot store."""
    raise ValueError("a \0 and a \ud800")


@job()
def leave() -> None:
    """Try to end the process."""
    raise SystemExit(1)
