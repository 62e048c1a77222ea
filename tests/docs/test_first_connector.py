"""Who follows the guide to the first connector in a fresh project gets the machine's records in."""

from pathlib import Path

import pytest

from dovetail.testing.servers.coffee import CoffeeServer
from tests.docs.blocks import blocks_of
from tests.docs.project import Project

pytestmark = pytest.mark.process

GUIDE = "docs/how-to/write-a-connector.md"
CONNECT = """
import sys
import django
django.setup()
from tests.docs.visitor import Visitor, words
address, username, password = sys.argv[1:]
page = words(Visitor().connect("machine", address=address, username=username, password=password))
assert "Connected as Barista" in page and "Suppliers" in page and "Brews" in page, page
"""


def test_the_guide_brings_records_in(tmp_path: Path) -> None:
    start, check, sync, test = [block for block in blocks_of(GUIDE) if block.language == "console"]
    project = Project(tmp_path)

    project.type_in(start)
    project.write_files_of(GUIDE)
    project.type_in(check)
    with CoffeeServer() as machine:
        connect(project, machine)
        project.type_in(sync)
        project.learn(GUIDE, "write_a_connector")
    project.type_in(test)


def connect(project: Project, machine: CoffeeServer) -> None:
    """Do in the pages what the guide describes."""
    variables = {"DJANGO_SETTINGS_MODULE": "mysite.settings"}
    project.run("-c", CONNECT, machine.url, machine.username, machine.password, **variables)
