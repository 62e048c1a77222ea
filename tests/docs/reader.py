"""Reads a page as one program: ``python -m tests.docs.reader docs/how-to/run-jobs.md run_jobs`` in a project's folder.

The lesson, a module of ``tests.docs.lessons``, has ``given()``, the names that the page supposes, and
``then(names)``, what must be so at its end. Between the two run the page's blocks that name no file.
"""

import sys
from importlib import import_module
from typing import Any

import django
from django.core.management import call_command

from tests.docs.blocks import blocks_of


def main(document: str, lesson: str) -> None:
    """Make the tables of the project, then read."""
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("check")
    suppositions = import_module(f"tests.docs.lessons.{lesson}")
    names: dict[str, Any] = {"__name__": "page", **suppositions.given()}
    read(document, names)
    suppositions.then(names)


def read(document: str, names: dict[str, Any]) -> None:
    """Execute the page's Python from top to bottom; a traceback shows the line of the page."""
    for block in blocks_of(document):
        if block.language == "python" and not block.file:
            code = "\n" * (block.line - 1) + block.code
            exec(compile(code, document, "exec"), names)


if __name__ == "__main__":
    main(*sys.argv[1:])
