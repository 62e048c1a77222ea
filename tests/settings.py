"""The project that the tests run in: every room, on SQLite or PostgreSQL."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dovetail

BASE = Path(__file__).parent
CACHE = BASE.parent / ".cache"
CACHE.mkdir(exist_ok=True)
POSTGRES_URL = os.environ.get("DOVETAIL_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
USES_POSTGRES = os.environ.get("DOVETAIL_TEST_DATABASE", "sqlite") == "postgres"

SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "tests.urls"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/sign-in/"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *dovetail.apps("services.coffee", "services.roundup"),
    "tests.connector.app",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dovetail.integrations.middleware.IntegrationsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The hub cannot be installed here: it brings Django settings of its own.
        "DIRS": [BASE / "templates", BASE.parent / "src/dovetail/hub/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}


def _postgres() -> dict[str, object]:
    url = urlsplit(POSTGRES_URL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "TEST": {"NAME": f"test_dovetail_{os.getpid()}"},  # several runs may go on at once
    }


def _sqlite() -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CACHE / "tests.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": CACHE / f"test_{os.getpid()}.sqlite3"},
    }


DATABASES = {"default": _postgres() if USES_POSTGRES else _sqlite()}
