"""Names of jobs and workers."""

import os
import secrets
import socket
import uuid

from dovetail.core import clock

_VERSION_7 = 0x7 << 76
_RFC_VARIANT = 0b10 << 62


def new_job_id() -> uuid.UUID:
    """
    Return an id that grows with time, so that new rows lie side by side in the index.

    Source: RFC 9562 section 5.7, UUID version 7.
    """
    milliseconds = int(clock.now().timestamp() * 1000)
    noise = secrets.randbits(12) << 64 | secrets.randbits(62)
    return uuid.UUID(int=milliseconds << 80 | _VERSION_7 | _RFC_VARIANT | noise)


def new_worker_id() -> str:
    """Return a name that says where the worker runs and that no other worker has or had."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
