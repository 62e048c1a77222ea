"""The settings of the worker processes that tests start; the environment names the database they share."""

import os
from typing import Any
from urllib.parse import urlsplit

import dovetail

SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
USE_TZ = True
INSTALLED_APPS = dovetail.apps("jobs")
TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend", "QUEUES": []}}


def database_settings(address: str) -> dict[str, Any]:
    """Return Django's settings of a database: ``sqlite:///…`` or ``postgresql://…``."""
    url = urlsplit(address)
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": url.port or "",
    }


DATABASES = {"default": database_settings(os.environ.get("DOVETAIL_TEST_JOBS_DATABASE", "sqlite:///:memory:"))}
