"""Who deploys the hub as the page says gets one."""

import subprocess
import sys
from pathlib import Path

import pytest

from dovetail.core.sources import Sources
from dovetail.hub.options import HubSettings
from tests.docs.blocks import blocks
from tests.docs.project import environment

pytestmark = pytest.mark.process

PAGE = "docs/deploy.md"
DOVETAIL = Path(sys.executable).with_name("dovetail")
SQLITE = "sqlite:///hub.sqlite3"
SERVING = ("start", "worker")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder that ``dovetail init`` makes."""
    dovetail("init", DOVETAIL_HOME=str(tmp_path))
    return tmp_path


def test_the_folder_has_the_three_files(home: Path) -> None:
    assert {path.name for path in home.iterdir()} == {"dovetail.toml", "secret.key", "fields.keys"}


def test_the_configuration_is_read_as_it_stands_there(home: Path) -> None:
    [toml] = blocks(PAGE, "toml")
    file = home / "dovetail.toml"
    file.write_text(toml)

    settings = HubSettings.read(Sources.from_environment(file=file))

    assert settings.database == "postgresql://dovetail@db.example.com/dovetail"
    assert settings.allowed_hosts == ["sync.example.com"]
    assert (settings.behind_https, settings.worker) == (True, False)
    assert f"hub.worker = False\n    from the file {file}" in dovetail("config", "explain", DOVETAIL_HOME=str(home))


def test_the_commands_make_a_hub(home: Path) -> None:
    """All but the two that serve, which other tests start; on SQLite, for there is no server at that address."""
    commands = [line.split()[1:] for line in blocks(PAGE, "sh")[-1].splitlines() if line.startswith("dovetail ")]
    once = [words for words in commands if words[0] not in SERVING]
    assert [words[0] for words in commands] == ["migrate", "create-user", *SERVING]

    printed = [dovetail(*words, DOVETAIL_HOME=str(home), DOVETAIL_HUB_DATABASE=SQLITE) for words in once]

    assert "up to date" in printed[0]
    assert "/sign-in/once/" in printed[1]


def dovetail(*words: str, **variables: str) -> str:
    done = subprocess.run(
        [DOVETAIL, *words], env=environment(variables), capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
