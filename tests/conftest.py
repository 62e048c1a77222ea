"""Shared by all tests: what happens when the machine lacks something."""

from collections.abc import Generator
from typing import Any

import pytest
from django.conf import settings

from tests import needs


def pytest_sessionstart(session: pytest.Session) -> None:
    """Leave the PostgreSQL pass out, with one line, where there is no server."""
    if not getattr(settings, "USES_POSTGRES", False):
        return
    if reason := needs.missing_postgres():
        pytest.exit(f"SKIPPED the pass on PostgreSQL: {reason}", returncode=1 if needs.requires_everything() else 0)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """Count a skip as a failure where everything is required."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    if report.skipped and needs.requires_everything() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"DOVETAIL_REQUIRE=all, but: {reason}"
