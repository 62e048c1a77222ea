"""The pages about jobs say what is so."""

from pathlib import Path

import pytest

from dovetail.jobs.settings import JobsSettings

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "run-jobs.md"


@pytest.mark.parametrize("name", JobsSettings.model_fields)
def test_each_setting_stands_in_the_table_with_its_default(name) -> None:
    assert f"| `jobs.{name}` | {JobsSettings.model_fields[name].default} |" in PAGE.read_text()
