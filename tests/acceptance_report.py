"""Run the acceptance scenarios and list each number: ``python -m tests.acceptance_report [ONLY]``."""

import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).with_name("acceptance.toml")


def titles(only: str = "") -> dict[str, str]:
    """Return the titles by number, such as ``{"walking-1": "first connection"}``, of one document or of all."""
    documents: dict[str, dict[str, str]] = tomllib.loads(SCENARIOS.read_text())
    if only and only not in documents:
        raise SystemExit(f"ONLY={only}: there is no such document; there are {', '.join(documents)}.")
    return {
        f"{document}-{number}": title
        for document, scenarios in documents.items()
        if only in ("", document)
        for number, title in scenarios.items()
    }


class Scenarios:
    """Select the tests of the scenarios and remember how each ended."""

    def __init__(self, numbers: set[str]) -> None:
        self.numbers = numbers
        self.outcomes: dict[str, set[str]] = defaultdict(set)
        self._numbers_of: dict[str, list[str]] = {}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        for item in items:
            shown = [str(mark.args[0]) for mark in item.iter_markers("acceptance")]
            if unknown := set(shown) - set(titles()):
                raise pytest.UsageError(f"{item.nodeid} shows {sorted(unknown)}, which {SCENARIOS.name} does not list.")
            self._numbers_of[item.nodeid] = [number for number in shown if number in self.numbers]
        config.hook.pytest_deselected(items=[item for item in items if not self._numbers_of[item.nodeid]])
        items[:] = [item for item in items if self._numbers_of[item.nodeid]]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            for number in self._numbers_of[report.nodeid]:
                self.outcomes[number].add(report.outcome)

    def verdict(self, number: str) -> str:
        """Return passed, failed, or missing (no test, or one that could not run here)."""
        outcomes = self.outcomes[number]
        if "failed" in outcomes:
            return "failed"
        return "passed" if outcomes == {"passed"} else "missing"


def main(only: str = "") -> int:
    """Run, list, and return the exit status: 0 when nothing failed and all could be collected."""
    wanted = titles(only)
    scenarios = Scenarios(set(wanted))
    status = pytest.main(["tests", "-p", "no:cacheprovider"], plugins=[scenarios])
    verdicts = {number: scenarios.verdict(number) for number in wanted}
    print()
    for number, title in wanted.items():
        print(f"{number:<16} {verdicts[number]:<8} {title}")
    passed, failed = (list(verdicts.values()).count(word) for word in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed")
    collected = status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
    return 0 if collected and not failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
