"""What a command prints: lines, and a bar for long work."""

from typing import TextIO

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

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._is_terminal = stream.isatty()
        self._drawn_at = float("-inf")
        self._bar_is_open = False
        self._last_step: tuple[str, int] | None = None

    def line(self, text: str = "") -> None:
        """Print a line; an unfinished bar makes room for it."""
        start = CLEAR_LINE if self._bar_is_open else ""
        self._bar_is_open = False
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
        self._bar_is_open = not is_finished
        end = "\n" if is_finished else ""
        self.stream.write(f"{CLEAR_LINE}{_bar(done, total)}{_counts(done, total, label)}{end}")
        self.stream.flush()

    def _print_step(self, done: int, total: int | None, label: str) -> None:
        size = total / STEPS_WITHOUT_TERMINAL if total else COUNT_WITHOUT_TOTAL
        step = label, int(done / size)
        if step != self._last_step:
            self._last_step = step
            self.line(_counts(done, total, label))


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
