"""What a machine may lack: each need is met, or the test is skipped with the line that says how to get it.

With ``DOVETAIL_REQUIRE=all`` a skip is a failure (see ``conftest.py``).
"""

import functools
import os
import shutil

import psycopg
import pytest

POSTGRES_VARIABLE = "DOVETAIL_TEST_POSTGRES_URL"
POSTGRES_DEFAULT = "postgresql://postgres@127.0.0.1:5432/postgres"
CHROMIUM_PLACES = ("chromium", "chromium-browser", "google-chrome")


def requires_everything() -> bool:
    """Tell whether a skip counts as a failure."""
    return os.environ.get("DOVETAIL_REQUIRE") == "all"


@functools.cache
def missing_postgres() -> str:
    """Return why PostgreSQL cannot be used, or nothing when it can."""
    url = os.environ.get(POSTGRES_VARIABLE, POSTGRES_DEFAULT)
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return (
            f"PostgreSQL does not answer at {url}: start one (Debian: apt-get install postgresql) "
            f"or name yours in {POSTGRES_VARIABLE}."
        )
    return ""


def postgres_url() -> str:
    """Return the address of a PostgreSQL server on which tests may create databases, or skip."""
    if reason := missing_postgres():
        pytest.skip(reason)
    return os.environ.get(POSTGRES_VARIABLE, POSTGRES_DEFAULT)


def chromium() -> str:
    """Return the path of Chromium, or skip."""
    for name in CHROMIUM_PLACES:
        if path := shutil.which(name):
            return path
    pytest.skip("Chromium is not installed: apt-get install chromium.")


def roundup_server() -> None:
    """Skip where the Roundup tracker is not installed."""
    pytest.importorskip("roundup", reason="Roundup is not installed: pip install roundup.")
