"""What a command prints: lines, a bar for long work, and a log that leaves the bar whole."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import ClassVar, TextIO

from dovetail.core import clock

BAR_WIDTH = 30
SECONDS_BETWEEN_DRAWS = 0.1
STEPS_WITHOUT_TERMINAL = 10
COUNT_WITHOUT_TOTAL = 1000
CLEAR_LINE = "\r\033[K"


class Output:
    """
    Prints for a person at a terminal, or for a log.

    Args:
        stream: Where to; on a terminal the bar is drawn in place, elsewhere each tenth is one line.
    """

    with_bar: "ClassVar[Output | None]" = None
    """The output of this process whose bar is unfinished."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._is_terminal = stream.isatty()
        self._drawn_at = float("-inf")
        self._open_bar = ""
        self._last_step: tuple[str, int] | None = None

    def line(self, text: str = "") -> None:
        """Print a line; an unfinished bar makes room for it."""
        start = CLEAR_LINE if self._open_bar else ""
        self._keep_bar("")
        self.stream.write(f"{start}{text}\n")
        self.stream.flush()

    def progress(self, done: int, total: int | None, label: str = "") -> None:
        """
        Show how far long work got.

        Args:
            done: How many are done.
            total: How many there are; None when nobody knows.
            label: What is being done.
        """
        if self._is_terminal:
            self._draw(done, total, label)
        else:
            self._print_step(done, total, label)

    def _draw(self, done: int, total: int | None, label: str) -> None:
        is_finished = done == total
        now = clock.monotonic()
        if now - self._drawn_at < SECONDS_BETWEEN_DRAWS and not is_finished:
            return
        self._drawn_at = now
        bar = f"{CLEAR_LINE}{_bar(done, total)}{_counts(done, total, label)}"
        self._keep_bar("" if is_finished else bar)
        self.stream.write(f"{bar}\n" if is_finished else bar)
        self.stream.flush()

    @contextmanager
    def without_bar(self) -> Iterator[None]:
        """Take an unfinished bar away while something else prints, and show it again below that."""
        self.stream.write(CLEAR_LINE)
        self.stream.flush()
        yield
        self.stream.write(self._open_bar)
        self.stream.flush()

    def _keep_bar(self, bar: str) -> None:
        self._open_bar = bar
        Output.with_bar = self if bar else None

    def _print_step(self, done: int, total: int | None, label: str) -> None:
        size = total / STEPS_WITHOUT_TERMINAL if total else COUNT_WITHOUT_TOTAL
        step = label, int(done / size)
        if step != self._last_step:
            self._last_step = step
            self.line(_counts(done, total, label))


class LogHandler(logging.StreamHandler[TextIO]):
    """Writes the log to standard error; on a terminal an unfinished bar makes room and comes again below the line."""

    def emit(self, record: logging.LogRecord) -> None:
        output = Output.with_bar if self.stream.isatty() else None
        with output.without_bar() if output else nullcontext():
            super().emit(record)


def _bar(done: int, total: int | None) -> str:
    if not total:
        return ""
    filled = min(BAR_WIDTH, BAR_WIDTH * done // total)
    return f"{'█' * filled}{'░' * (BAR_WIDTH - filled)} "


def _counts(done: int, total: int | None, label: str) -> str:
    if total is None:
        return f"{label} {done:,}".lstrip()
    percent = min(100, 100 * done // total) if total else 100
    return " ".join(filter(None, [f"{percent:>3}%", label, f"{done:,} of {total:,}"]))
