"""The README's examples do what it says."""

from pathlib import Path

import pytest

from dovetail.testing.servers.coffee import CoffeeServer
from tests.acceptance.hub import answers, free_port, wait_until
from tests.docs.blocks import blocks
from tests.docs.project import Project

pytestmark = pytest.mark.process


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_client_of_the_first_screen_lists_the_strong_brews(project: Project) -> None:
    first, *_ = blocks("README.md", "python")
    with CoffeeServer(brews=200) as machine:
        project.append("example.py", first.replace("http://127.0.0.1:8765", machine.url))
        printed = project.run("example.py")

    assert " strong brews, such as " in printed


def test_ten_lines_add_dovetail_to_a_fresh_project(project: Project) -> None:
    _, settings, urls = blocks("README.md", "python")
    added = [line for line in (settings + urls).splitlines() if line.strip()]
    assert len(added) <= 12, "an import each, and ten lines"

    project.add_dovetail()
    project.run("manage.py", "migrate")
    assert "no issues" in project.run("manage.py", "check")

    port = free_port()
    processes = [
        project.spawn("manage.py", "runserver", "--noreload", str(port)),
        project.spawn("manage.py", "dovetail", "worker"),
    ]
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/integrations/"), 30, "an answer", processes[0])
        assert processes[1].poll() is None, "the worker ended"
    finally:
        for process in processes:
            process.terminate()
            process.wait(15)
