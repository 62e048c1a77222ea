"""The command ``dovetail`` before it reaches a verb."""

import os
import subprocess
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path

import pytest

from dovetail.core.errors import ConfigurationError
from dovetail.hub.command import check_installed, main
from dovetail.hub.home import create
from dovetail.hub.verbs import port_number


@pytest.fixture(autouse=True)
def _same_environment() -> Iterator[None]:
    """The command chooses the settings by variables of its process, which is ours here."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def test_a_hub_installed_without_its_extra_is_told_with_the_line_that_installs_it() -> None:
    check_installed(("json",))
    with pytest.raises(ConfigurationError, match=r"needs granit and noise; run: pip install \"dovetail\[hub\]\"$"):
        check_installed(("granit", "json", "noise"))


def test_init_makes_a_hub_where_it_is_told_to(tmp_path: Path) -> None:
    assert main(["--home", str(tmp_path / "hub"), "init"]) == 0
    assert (tmp_path / "hub" / "dovetail.toml").is_file()


@pytest.mark.parametrize(("words", "status"), [(["--help"], 0), (["extra"], 2)])
def test_init_makes_nothing_when_it_is_only_asked_about_or_misunderstood(
    tmp_path: Path, words: list[str], status: int
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--home", str(tmp_path), "init", *words])
    assert stopped.value.code == status
    assert list(tmp_path.iterdir()) == []


def test_help_outside_a_hub_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path), "--help"]) == 0

    printed = capsys.readouterr().out
    assert "--home FOLDER" in printed
    assert "init    make the folder of a hub" in printed


def test_a_port_is_a_number_that_a_port_can_be() -> None:
    assert port_number("8000") == 8000
    for text in ("0", "65536"):
        with pytest.raises(ArgumentTypeError, match="from 1 to 65535"):
            port_number(text)


@pytest.mark.parametrize(
    ("database", "words", "sentence"),
    [
        ("sqlite:///hub.sqlite3", ["create-user", "ann"], "The database lacks "),
        ("sqlite:///hub.sqlite3", ["sync", "coffee"], "The database lacks "),
        ("sqlite:///nowhere/hub.sqlite3", ["migrate"], "hub.database cannot be used ("),
    ],
)
def test_a_database_that_is_away_or_not_migrated_is_told_in_one_sentence(
    tmp_path: Path, database: str, words: list[str], sentence: str
) -> None:
    create(tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOVETAIL_")}
    environment |= {"DOVETAIL_HUB_DATABASE": database}
    command = [sys.executable, "-c", "import sys; from dovetail.hub.command import main; sys.exit(main())"]
    done = subprocess.run(
        [*command, "--home", str(tmp_path), *words], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
