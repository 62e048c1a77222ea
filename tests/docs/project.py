"""A Django project as a reader makes one, and what a page adds to it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.blocks import ROOT, Block, blocks, blocks_of

SHOP = Path(__file__).with_name("shop")
SHOP_ADDRESSES = """
from django.urls import include

urlpatterns += [path("", include("shop.urls"))]
"""
COMMAND_SECONDS = 60


class Project:
    """A fresh project, made by ``startproject mysite .`` in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run("-m", "django", "startproject", "mysite", ".")

    def add_shop(self) -> None:
        """Add the reader's own app, the web shop that many pages speak of."""
        shutil.copytree(SHOP, self.folder / "shop", ignore=shutil.ignore_patterns("__pycache__"))
        self.append("mysite/settings.py", 'INSTALLED_APPS += ["shop"]\n')
        self.append("mysite/urls.py", SHOP_ADDRESSES)

    def add_dovetail(self) -> None:
        """Add Dovetail as the README says."""
        _client, settings, urls = blocks("README.md", "python")
        self.append("mysite/settings.py", settings)
        self.append("mysite/urls.py", urls)

    def write_files_of(self, document: str) -> None:
        """Put the page's blocks that name a file into that file, behind what stands there."""
        for block in blocks_of(document):
            if block.file:
                self.append(block.file, block.code)

    def append(self, path: str, text: str) -> None:
        """Write text at the end of a file, which is made if it is not there."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as end:
            end.write(f"\n{text}")

    def learn(self, document: str, lesson: str, **variables: str) -> None:
        """Read a page to its end in a process of its own; see ``tests.docs.reader``."""
        self.run("-m", "tests.docs.reader", document, lesson, DJANGO_SETTINGS_MODULE="mysite.settings", **variables)

    def run(self, *words: str, **variables: str) -> str:
        """Run Python in the project and return what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder, env=environment(variables), timeout=COMMAND_SECONDS,
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}"
        return done.stdout

    def spawn(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start Python in the project; whoever calls stops it."""
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, *words], cwd=self.folder, env=environment({}), **silent)

    def type_in(self, block: Block) -> None:
        """Carry out what stands behind ``$``; the lines that the page shows below must be printed."""
        printed = ""
        for line in block.code.splitlines():
            if line.startswith("$ python "):
                printed = self.run(*shlex.split(line.removeprefix("$ python ")))
            else:
                assert line in printed.splitlines(), f"{block.document}:{block.line}: {line!r} is not in\n{printed}"


def environment(variables: dict[str, str]) -> dict[str, str]:
    """Return the environment of a reader: without our variables, but with the tests within reach."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DOVETAIL_", "DJANGO_"))}
    return {**own, "PYTHONPATH": str(ROOT), **variables}
