"""The page on commands has what the commands have, and the commands that the pages show are commands."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import ROOT, blocks_of, documents
from tests.docs.project import environment

PAGE = ROOT / "docs/reference/commands.md"
DOVETAIL = Path(sys.executable).with_name("dovetail")
SERVERS = ("dovetail.testing.servers.coffee", "dovetail.testing.servers.roundup")

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def verbs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a hub has registered."""
    home = tmp_path_factory.mktemp("hub")
    run(DOVETAIL, "init", "--home", home)
    printed = run(
        sys.executable, "-m", "tests.docs.list_verbs",
        DOVETAIL_HOME=str(home), DJANGO_SETTINGS_MODULE="dovetail.hub.settings",
    )  # fmt: skip
    return dict(json.loads(printed))


def test_the_page_has_a_part_for_each_verb_and_for_no_other(verbs: dict[str, Any]) -> None:
    """``init`` comes before there is a project, so it is no registered verb."""
    assert set(parts_of_the_page()) == {*verbs, "init"}


def test_each_part_has_the_verb_s_words_and_arguments(verbs: dict[str, Any]) -> None:
    parts = parts_of_the_page()
    for name, verb in verbs.items():
        assert parts[name].startswith(verb["help"])
        rows = [f"| `{label}` | {text} |".replace("  ", " ") for label, text in verb["arguments"].items()]
        assert re.findall(r"^\| `.*", parts[name], re.MULTILINE) == rows


def test_each_command_in_the_pages_exists_with_its_arguments(verbs: dict[str, Any]) -> None:
    shown = [words for words in commands_of_the_pages() if words[:1] == ["dovetail"]]
    assert len(shown) > 10
    for _dovetail, *words in shown:
        positional = [word for word in words if not word.startswith("-")]
        assert positional[0] in {*verbs, "init"}, words
        known = {label.split()[0] for label in verbs.get(positional[0], {}).get("arguments", {})} | {"--home"}
        assert {word for word in words if word.startswith("-")} <= known, words


@pytest.mark.parametrize("server", SERVERS)
def test_each_server_in_the_pages_takes_the_arguments_shown(server: str) -> None:
    shown = [words for words in commands_of_the_pages() if server in words]
    options = {word for words in shown for word in words if word.startswith("--")}
    assert shown
    assert options <= set(re.findall(r"--[\w-]+", run(sys.executable, "-m", server, "--help")))


def test_each_make_target_in_the_pages_exists() -> None:
    targets = {words[1] for words in commands_of_the_pages() if words[0] == "make"}
    assert targets >= {"run", "test"}
    assert targets <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def parts_of_the_page() -> dict[str, str]:
    """Return the text of each part of the page on commands by its verb."""
    _, *parts = re.split(r"^### (.+)\n\n", PAGE.read_text(), flags=re.MULTILINE)
    return {name: text.split("\n## ")[0] for name, text in zip(parts[::2], parts[1::2], strict=True)}


def commands_of_the_pages() -> list[list[str]]:
    """List the commands of all pages in words; ours begin with ``dovetail``, wherever they are typed."""
    lines = [
        re.sub(r"^(\$ )?(.*python manage\.py (?=dovetail ))?", "", line)
        for document in documents()
        for block in blocks_of(document)
        if block.language in {"sh", "console"}
        for line in block.lines
    ]
    return [line.split() for line in lines]


def run(*words: object, **variables: str) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT, env=environment(variables), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
