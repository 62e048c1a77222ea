"""The connections of a process are shared by its clients and by nobody else."""

import subprocess
import sys
import textwrap

from dovetail.clients.transport import shared_pool
from dovetail.testing.servers.faults import Reply


def test_clients_share_a_connection(server, make_client):
    server.plan("/brews", Reply(json=[1]))

    for _ in range(3):
        with make_client() as client:
            client.get("/brews")

    assert len([one for one in shared_pool().connections if server.url in repr(one)]) == 1


def test_a_forked_process_opens_connections_of_its_own(server):
    server.plan("/brews", Reply(json=[1]))
    script = f"""
        import os
        from dovetail.clients import Client
        from dovetail.clients.transport import shared_pool
        client = Client(base_url={server.url!r})
        client.get("/brews")
        parents = shared_pool()
        child = os.fork()
        client.get("/brews")
        assert (shared_pool() is parents) == bool(child)
        if child:
            assert os.waitpid(child, 0)[1] == 0
            client.get("/brews")
    """

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=30
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert len(server.seen) == 4
