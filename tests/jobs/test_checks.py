"""What the room needs from the project."""

import pytest
from django.core.checks import run_checks

LINE = 'TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}'


def found() -> list[str]:
    return [f"{error.msg} {error.hint}" for error in run_checks(tags=["dovetail"]) if error.id == "dovetail.E003"]


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ({}, "is missing"),
        ({"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}, "inside web requests"),
        ({"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}, "never runs"),
    ],
)
def test_tasks_that_do_not_run_in_the_background_are_an_error_with_the_line_to_paste(settings, tasks, said) -> None:
    settings.TASKS = tasks

    [error] = found()

    assert said in error
    assert LINE in error


def test_our_engine_is_no_error() -> None:
    assert found() == []


def test_a_test_run_may_run_jobs_at_once(settings, monkeypatch) -> None:
    settings.TASKS = {}
    monkeypatch.setattr("sys.argv", ["manage.py", "test"])

    assert found() == []
