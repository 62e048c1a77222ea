"""Where the hub serves, and how its web process begins."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dovetail.core.errors import ConfigurationError
from dovetail.hub import home
from dovetail.hub.server import check_port_is_free, url_of


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_port_that_another_program_has_is_told(address: str) -> None:
    with socket.create_server((address, 0), family=socket.AF_INET6 if ":" in address else socket.AF_INET) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            ConfigurationError, match=r"hub\.port: http://.* cannot be used \(.*choose another by --port"
        ):
            check_port_is_free(address, port)
    check_port_is_free(address, port)


def test_an_address_of_version_six_stands_in_brackets_in_a_url() -> None:
    assert url_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert url_of("::1", 8000) == "http://[::1]:8000"


@pytest.mark.process
def test_the_web_process_begins_in_an_interpreter_of_its_own(tmp_path: Path) -> None:
    """As where processes are not forked: on macOS, by default from Python 3.14 on, and under any other WSGI server."""
    home.create(tmp_path)
    own = {name: value for name, value in os.environ.items() if not name.startswith("DOVETAIL_")}
    hub = {"DOVETAIL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "dovetail.hub.settings"}
    code = "from dovetail.hub.wsgi import application; print(application)"

    done = subprocess.run([sys.executable, "-c", code], env={**own, **hub}, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert "WSGIHandler" in done.stdout
