"""walking-6: a project whose apps have the names of our rooms; what is missing is told with the line to paste."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dovetail.core.rooms import NEEDS

pytestmark = [pytest.mark.acceptance("walking-6"), pytest.mark.process]

ROOM_NAMES = sorted({name.split(".")[-1] for name in NEEDS} | {"health", "webhooks", "records", "files", "resources"})
COMPLETE = """
import dovetail
INSTALLED_APPS += [{own}]
INSTALLED_APPS += dovetail.apps("services.coffee", "services.roundup")
MIDDLEWARE += ["dovetail.integrations.middleware.IntegrationsMiddleware"]
TASKS = {{"default": {{"BACKEND": "dovetail.jobs.engine.EngineBackend"}}}}
LOGIN_URL = "admin:login"
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["OPTIONS"] = {{
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}}
"""
ADDRESSES = """
from django.urls import include
urlpatterns += [path("integrations/", include("dovetail.integrations.urls"))]
urlpatterns += [path("sync/", include("dovetail.connector.urls"))]
"""
MODEL = """
from django.db import models


class Thing(models.Model):
    name = models.TextField()
"""
USE = """
import django; django.setup()
from django.contrib.auth.models import User
from django.test import Client
user = User.objects.create_superuser("alice")
client = Client(); client.force_login(user)
answer = client.get("/integrations/")
assert answer.status_code == 200 and "Coffee machine" in answer.content.decode(), answer.content
from django.apps import apps
for label in {labels}:
    apps.get_model(label, "Thing").objects.create(name="mine")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh project with an app of every room's name, and Dovetail added."""
    run(tmp_path, "-m", "django", "startproject", "mysite", ".")
    for name in ROOM_NAMES:
        app = tmp_path / name
        app.mkdir()
        (app / "__init__.py").touch()
        (app / "models.py").write_text(MODEL)
    append(tmp_path / "mysite/settings.py", COMPLETE.format(own=", ".join(map(repr, ROOM_NAMES))))
    append(tmp_path / "mysite/urls.py", ADDRESSES)
    return tmp_path


def test_a_project_with_apps_of_every_rooms_name_starts_migrates_and_works(project: Path) -> None:
    run(project, "manage.py", "makemigrations", *ROOM_NAMES)
    run(project, "manage.py", "migrate")
    assert "no issues" in run(project, "manage.py", "check")

    (project / "use.py").write_text(USE.format(labels=ROOM_NAMES))
    run(project, "use.py", DJANGO_SETTINGS_MODULE="mysite.settings")


@pytest.mark.parametrize(
    ("change", "line_to_paste"),
    [
        ('INSTALLED_APPS.remove("dovetail.jobs")', 'dovetail.apps("'),
        ("MIDDLEWARE.pop()", '"dovetail.integrations.middleware.IntegrationsMiddleware"'),
        ("del TASKS", 'TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}'),
        ('del DATABASES["default"]["OPTIONS"]["transaction_mode"]', '"transaction_mode": "IMMEDIATE"'),
        ('del DATABASES["default"]["OPTIONS"]["timeout"]', '"timeout": 20'),
        ('del DATABASES["default"]["OPTIONS"]["init_command"]', "PRAGMA journal_mode=WAL"),
    ],
    ids=["app", "middleware", "TASKS", "transaction_mode", "timeout", "WAL"],
)
def test_what_is_missing_is_an_error_with_the_line_to_paste(project: Path, change: str, line_to_paste: str) -> None:
    append(project / "mysite/settings.py", change)

    printed = run(project, "manage.py", "check", fails=True)

    assert "dovetail." in printed
    assert line_to_paste in printed
    assert "Traceback" not in printed


def run(folder: Path, *words: str, fails: bool = False, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment(variables), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def environment(variables: dict[str, str]) -> dict[str, str]:
    import os

    own = {name: value for name, value in os.environ.items() if not name.startswith(("DOVETAIL_", "DJANGO_"))}
    return {**own, **variables}


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + textwrap.dedent(text))
