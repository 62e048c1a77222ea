"""The web server of the hub."""

import socket
from pathlib import Path

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dovetail.core.errors import ConfigurationError

WSGI = "dovetail.hub.wsgi:application"
BLOCKING_THREADS = 4


def url_of(address: str, port: int) -> str:
    """Return where a browser finds a server."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}"


def check_port_is_free(address: str, port: int) -> None:
    """
    Say before anything is started that another program has the port.

    Raises:
        ConfigurationError: the port is taken, or the address is not this machine's.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
        except OSError as error:
            raise ConfigurationError(
                f"hub.port: {url_of(address, port)} cannot be used ({error.strerror}); "
                "choose another by --port or --address."
            ) from error


def serve(address: str, port: int, *, processes: int, pid_file: Path | None = None) -> None:
    """Serve until a signal ends it; each process has a few threads, for a page now and then waits for the database."""
    # The processes of the server are forked from this one and must not share its database connections.
    connections.close_all()
    Granian(
        WSGI,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
        pid_file=pid_file,
    ).serve()
