"""The README's examples do what it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dovetail.testing.servers.coffee import CoffeeServer
from tests.acceptance.hub import answers, free_port, wait_until
from tests.docs.blocks import blocks

pytestmark = pytest.mark.process


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("DOVETAIL_", "DJANGO_"))}


def test_the_client_of_the_first_screen_lists_the_strong_brews(tmp_path: Path) -> None:
    first, *_ = blocks("README.md", "python")
    with CoffeeServer(brews=200) as machine:
        (tmp_path / "example.py").write_text(first.replace("http://127.0.0.1:8765", machine.url))
        printed = run(tmp_path, "example.py")

    assert " strong brews, such as " in printed


def test_ten_lines_add_dovetail_to_a_fresh_project(tmp_path: Path) -> None:
    _, settings, urls = blocks("README.md", "python")
    run(tmp_path, "-m", "django", "startproject", "mysite", ".")
    append(tmp_path / "mysite/settings.py", settings)
    append(tmp_path / "mysite/urls.py", urls)
    added = [line for line in (settings + urls).splitlines() if line.strip()]
    assert len(added) <= 12, "an import each, and ten lines"

    run(tmp_path, "manage.py", "migrate")
    assert "no issues" in run(tmp_path, "manage.py", "check")

    port = free_port()
    commands = (["runserver", "--noreload", str(port)], ["dovetail", "worker"])
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for words in commands
    ]  # fmt: skip
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/integrations/"), 30, "an answer", processes[0])
        assert processes[1].poll() is None, "the worker ended"
    finally:
        for process in processes:
            process.terminate()
            process.wait(15)


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text()}\n{text}")
