"""What this room needs from the project: ``TASKS`` must name a backend that works in the background."""

import sys
from collections.abc import Iterator

from dovetail.core.checks import Missing, Requirement, require
from dovetail.jobs.tasks import task_backends

TASKS_LINE = 'TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}'
UNFIT = {
    "ImmediateBackend": "runs jobs at once, inside web requests",
    "DummyBackend": "never runs jobs",
}


def missing_tasks() -> Iterator[Missing]:
    """Find out that jobs would not run in the background; tests may well run them at once."""
    backend: str = task_backends.settings.get("default", {}).get("BACKEND", "")
    fault = UNFIT.get(backend.rpartition(".")[2], "" if backend else "is missing")
    if fault and sys.argv[1:2] != ["test"]:
        yield Missing(
            what=f'TASKS["default"] {fault}; dovetail.jobs needs a backend that works in the background.',
            line=f"Write in the settings: {TASKS_LINE}",
        )


require(Requirement(id="dovetail.E003", find=missing_tasks))
