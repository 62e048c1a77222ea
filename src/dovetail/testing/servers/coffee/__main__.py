"""Runs the coffee machine in the foreground: ``python -m dovetail.testing.servers.coffee``."""

import argparse
import sys
import threading

from dovetail.testing.servers.coffee.handler import CoffeeHTTPServer
from dovetail.testing.servers.coffee.limit import RateLimit
from dovetail.testing.servers.coffee.machine import Machine
from dovetail.testing.servers.coffee.records import make_collections
from dovetail.testing.servers.coffee.users import DEMONSTRATION_USER


def main() -> None:
    """Serve until interrupted."""
    options = _parser().parse_args()
    machine = Machine(
        collections=make_collections(options.brews), limit=RateLimit(calls_per_minute=options.calls_per_minute)
    )
    server = CoffeeHTTPServer(options.port, machine)
    if options.stop_with_input:
        threading.Thread(target=_stop_with_input, args=(server,), daemon=True).start()
    _greet(server, options.brews)
    try:
        server.serve_forever(poll_interval=0.05)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dovetail.testing.servers.coffee", description="A coffee machine.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes any free port")
    parser.add_argument("--brews", type=int, default=10_000)
    parser.add_argument("--calls-per-minute", type=int, default=600, help="for each user; 0 means no limit")
    parser.add_argument("--stop-with-input", action="store_true", help="stop when the standard input is closed")
    return parser


def _greet(server: CoffeeHTTPServer, brews: int) -> None:
    user = DEMONSTRATION_USER
    print(f"The coffee machine knows {brews:,} brews and listens on http://127.0.0.1:{server.server_port}")  # noqa: T201 -- the terminal is where it speaks
    print(f"User name {user.username}, password {user.password}")  # noqa: T201 -- these are public


def _stop_with_input(server: CoffeeHTTPServer) -> None:
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
