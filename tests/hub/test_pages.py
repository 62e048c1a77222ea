"""The ready-made project as its visitors get it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dovetail.hub.home import create

MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
ASK = """
from django.test import Client
client = Client(headers={"accept-language": "de"})
page = client.get("/sign-in/")
print(page["Content-Language"], page["X-Frame-Options"], client.get("/favicon.ico").status_code)
"""


def run(folder: Path, code: str, **settings: str) -> str:
    """Run code in a process of its own, whose settings are a hub's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DOVETAIL_")}
    hub = {"DJANGO_SETTINGS_MODULE": "dovetail.hub.settings", "DOVETAIL_HOME": str(folder)}
    environment = {**own, **hub, "DOVETAIL_HUB_ALLOWED_HOSTS": "testserver", **settings}
    words = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with its tables."""
    folder = tmp_path_factory.mktemp("hub")
    create(folder)
    run(folder, MIGRATE)
    return folder


def test_a_page_is_in_one_language_and_in_no_frame(folder: Path) -> None:
    assert run(folder, ASK) == "en DENY 302"


def test_a_visitor_gets_a_language_that_the_operator_offers(folder: Path) -> None:
    assert run(folder, ASK, DOVETAIL_HUB_LANGUAGES="de").split()[0] == "de"
