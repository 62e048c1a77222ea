"""``manage.py dovetail <verb>`` and what it prints."""

import logging
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, CommandParser, call_command, load_command_class

from dovetail.core.commands import Output, Verb, add_verb, verbs
from dovetail.core.errors import DuplicateName, ProgrammingMistake, Unreachable
from dovetail.core.output import LogHandler
from dovetail.testing.clock import FrozenClock, use_clock


@pytest.fixture(autouse=True)
def _own_verbs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(verbs, "_items", dict(verbs._items))
    return


class Pour(Verb):
    """A verb to try."""

    name = "pour"
    help = "Pour cups."
    needs_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cups", type=int)

    def handle(self, options: Mapping[str, Any], out: Output) -> int | None:
        if options["cups"] > 5:
            raise Unreachable("The machine cannot be reached.")
        out.line(f"{options['cups']} cups")
        return options["cups"] if options["cups"] == 3 else None


def run(*words: str) -> str:
    printed = StringIO()
    call_command("dovetail", *words, stdout=printed)
    return printed.getvalue()


def test_an_added_verb_is_run_with_its_arguments() -> None:
    add_verb(Pour)
    assert run("pour", "2") == "2 cups\n"


def test_an_error_of_ours_is_one_sentence_and_the_status_two() -> None:
    add_verb(Pour)
    with pytest.raises(CommandError, match=r"^The machine cannot be reached\.$") as caught:
        run("pour", "9")
    assert caught.value.returncode == 2


def test_a_verb_may_end_with_a_status() -> None:
    add_verb(Pour)
    with pytest.raises(SystemExit) as caught:
        run("pour", "3")
    assert caught.value.code == 3


def test_ctrl_c_ends_a_verb_without_a_traceback() -> None:
    class Wait(Verb):
        name = "wait"
        needs_checks = False

        def handle(self, options: Mapping[str, Any], out: Output) -> None:
            raise KeyboardInterrupt

    add_verb(Wait)
    with pytest.raises(SystemExit) as stopped:
        run("wait")
    assert stopped.value.code == 130


def test_a_verb_has_a_name_of_its_own() -> None:
    add_verb(Pour)
    add_verb(Pour)

    class Other(Pour):
        pass

    with pytest.raises(DuplicateName):
        add_verb(Other)
    Other.name = ""
    with pytest.raises(ProgrammingMistake, match="Other has no name"):
        add_verb(Other)


def test_an_unknown_verb_names_the_known_ones() -> None:
    with pytest.raises(CommandError, match="check"):
        run("brew")


@pytest.mark.django_db
def test_help_lists_the_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    command = load_command_class("dovetail.core", "dovetail")
    with pytest.raises(SystemExit) as stopped:
        command.run_from_argv(["dovetail", "dovetail", "--help"])
    printed = capsys.readouterr().out
    assert stopped.value.code == 0
    assert printed.startswith("usage: dovetail [-h]")
    assert "Run, watch and repair what Dovetail does." in printed
    assert "Show each setting with its value" in printed


def test_a_verb_that_needs_a_right_project_runs_in_one(verb_to_try: None) -> None:
    assert run("try-me") == "tried\n"


def test_config_explain_lists_each_setting_with_value_origin_and_variable(configure: Callable[..., None]) -> None:
    configure(DOVETAIL_STATE_BACKEND="memory")
    printed = run("config", "explain")
    assert "state.backend = 'memory'\n    from the environment variable DOVETAIL_STATE_BACKEND" in printed
    assert "secrets.key_file = None\n    from the default; set it by DOVETAIL_SECRETS_KEY_FILE" in printed


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_log_the_progress_is_a_line_for_each_tenth() -> None:
    stream = StringIO()
    out = Output(stream)
    for done in range(0, 10_001, 100):
        out.progress(done, 10_000, "brews")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[0] == "  0% brews 0 of 10,000"
    assert lines[5] == " 50% brews 5,000 of 10,000"
    assert lines[10] == "100% brews 10,000 of 10,000"


def test_in_a_log_the_progress_of_work_without_end_is_a_line_for_each_thousand() -> None:
    stream = StringIO()
    out = Output(stream)
    for done in range(0, 2001, 500):
        out.progress(done, None, "brews")
    assert stream.getvalue().splitlines() == ["brews 0", "brews 1,000", "brews 2,000"]


def test_at_a_terminal_the_progress_is_a_bar_in_place() -> None:
    with use_clock(FrozenClock()) as clock:
        stream = Terminal()
        out = Output(stream)
        out.progress(0, 4, "brews")
        out.progress(1, 4, "brews")
        clock.sleep(1)
        out.progress(2, 4, "brews")
        out.progress(4, 4, "brews")

    drawn = stream.getvalue().split("\r\033[K")
    assert drawn[1:] == [
        "░" * 30 + "   0% brews 0 of 4",
        "█" * 15 + "░" * 15 + "  50% brews 2 of 4",
        "█" * 30 + " 100% brews 4 of 4\n",
    ]


def test_a_line_takes_the_place_of_an_unfinished_bar() -> None:
    stream = Terminal()
    out = Output(stream)
    out.progress(1, 4)
    out.line("paused")
    assert stream.getvalue().endswith("\r\033[Kpaused\n")


def test_the_log_leaves_an_unfinished_bar_whole() -> None:
    """A line of the log takes its place, and it comes again below."""
    stream = Terminal()
    out, handler = Output(stream), LogHandler(stream)
    record = logging.makeLogRecord({"msg": "GET /brews"})
    handler.emit(record)
    out.progress(2, 4)
    bar = "\r\033[K" + "█" * 15 + "░" * 15 + "  50% 2 of 4"
    handler.emit(record)
    out.line("paused")
    handler.emit(record)
    assert stream.getvalue() == f"GET /brews\n{bar}\r\033[KGET /brews\n{bar}\r\033[Kpaused\nGET /brews\n"


def test_a_log_in_a_file_has_nothing_of_the_bar() -> None:
    Output(Terminal()).progress(2, 4)
    file = StringIO()
    LogHandler(file).emit(logging.makeLogRecord({"msg": "GET /brews"}))
    assert file.getvalue() == "GET /brews\n"


def test_nothing_to_do_is_done() -> None:
    stream = StringIO()
    Output(stream).progress(0, 0, "brews")
    assert stream.getvalue() == "100% brews 0 of 0\n"
