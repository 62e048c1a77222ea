"""Names of jobs and workers."""

import os
import secrets
import socket

from dovetail.core import clock


def new_job_id() -> str:
    """Return 32 hexadecimal digits that grow with time, so that new rows lie side by side in the index."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return f"{milliseconds:012x}{secrets.token_hex(10)}"


def new_worker_id() -> str:
    """Return a name that says where the worker runs and that no other worker has or had."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
