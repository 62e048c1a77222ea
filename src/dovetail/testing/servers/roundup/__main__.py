"""Runs a Roundup tracker in the foreground: ``python -m dovetail.testing.servers.roundup --issues 1000``."""

import argparse
import signal
import sys
import threading

from dovetail.testing.servers.roundup.home import RoundupFailed
from dovetail.testing.servers.roundup.tracker import RoundupTracker


def main() -> None:
    """Set a tracker up, serve it until interrupted, remove it."""
    options = _parser().parse_args()
    tracker = RoundupTracker(issues=options.issues, calls_per_minute=options.calls_per_minute, port=options.port)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with tracker:
            _greet(tracker)
            stopped.wait()
    except RoundupFailed as error:
        sys.exit(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dovetail.testing.servers.roundup", description="A Roundup tracker."
    )
    parser.add_argument("--port", type=int, default=8766, help="0 takes any free port")
    parser.add_argument("--issues", type=int, default=1000)
    parser.add_argument("--calls-per-minute", type=int, default=0, help="for each user; 0 means no limit")
    return parser


def _greet(tracker: RoundupTracker) -> None:
    print(f"The tracker has {tracker.issues:,} issues.", flush=True)  # noqa: T201 -- the terminal is where it speaks
    print(f"Address {tracker.url}", flush=True)  # noqa: T201
    print(f"User name {tracker.username}, password {tracker.password}", flush=True)  # noqa: T201 -- these are public


if __name__ == "__main__":
    main()
