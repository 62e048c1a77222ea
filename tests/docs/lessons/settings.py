"""The same setting is read from each of the three places; an application declares settings of its own."""

import os
from pathlib import Path
from typing import Any

from django.test import override_settings

from dovetail.core.settings import reload_settings
from dovetail.jobs.settings import JobsSettings
from tests.docs.blocks import blocks

DOCUMENT = "docs/reference/settings.md"


def given() -> dict[str, Any]:
    assert JobsSettings.current().lease_seconds != 60
    return {}


def then(names: dict[str, Any]) -> None:
    assert names["SearchSettings"].current().url == "http://localhost:9200"
    with override_settings(DOVETAIL=names["DOVETAIL"]):
        assert JobsSettings.current().lease_seconds == 60

    [toml] = blocks(DOCUMENT, "toml")
    file = Path("dovetail.toml")
    file.write_text(toml)
    with override_settings(DOVETAIL_FILE=file.resolve()):
        assert JobsSettings.current().lease_seconds == 60

    export = blocks(DOCUMENT, "sh")[-1]
    name, _, value = export.removeprefix("export ").strip().partition("=")
    os.environ[name] = value
    reload_settings()
    assert JobsSettings.current().lease_seconds == 60
