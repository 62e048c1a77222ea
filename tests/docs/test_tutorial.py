"""Who does what the tutorial says sees what it says."""

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.acceptance.hub import answers, free_port, wait_until
from tests.docs.blocks import ROOT, blocks
from tests.docs.project import environment
from tests.docs.visitor import words

pytestmark = [pytest.mark.process, pytest.mark.browser]

TUTORIAL = "docs/tutorial/first-sync.md"
DOVETAIL = Path(sys.executable).with_name("dovetail")
STOP_SECONDS = 8
"""Less than the ten after which granian kills a web process that does not end."""
RUN_MILLISECONDS = 30_000


class Demonstration:
    """What ``make run`` starts: a hub and a coffee machine, in a folder that stays."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.coffee_port = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._printed = home / "printed.txt"

    def start(self) -> str:
        """Start it, check that it prints what the tutorial shows, and return the sign-in link."""
        ports = ["--port", str(self.port), "--coffee-port", str(self.coffee_port)]
        with self._printed.open("wb") as printed:
            self._process = subprocess.Popen(
                [DOVETAIL, "demo", "--home", self.home, *ports], env=environment({}),
                stdout=printed, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        [shown] = blocks(TUTORIAL, "text")
        lines = "".join(re.escape(line).replace("…", r"\S+") + "\n" for line in self.here(shown).splitlines())
        wait_until(lambda: re.search(lines, self._printed.read_text()), 30, shown, self._process)
        wait_until(lambda: answers(self.here("http://127.0.0.1:8000/sign-in/")), 30, "an answer", self._process)
        return re.search(r"http\S+/sign-in/once/\S+", self._printed.read_text())[0]

    def interrupt(self) -> None:
        """Press Ctrl-C, which the terminal sends to all of its processes."""
        os.killpg(self._process.pid, signal.SIGINT)
        self._process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """End it if it still runs."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(STOP_SECONDS)

    def switch(self, command: str) -> None:
        """Send what the tutorial sends to the machine by curl."""
        arguments = shlex.split(self.here(command))
        method, url = arguments[arguments.index("-X") + 1 :][:2]
        data = arguments[arguments.index("-d") + 1].encode() if "-d" in arguments else None
        urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=10).close()

    def here(self, text: str) -> str:
        """Put the ports of this demonstration into a text of the tutorial."""
        return text.replace(":8000", f":{self.port}").replace(":8765", f":{self.coffee_port}")


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    demonstration = Demonstration(tmp_path)
    yield demonstration
    demonstration.stop()


@pytest.fixture
def seen(page: Page) -> list[str]:
    """The words of every page that came."""
    seen: list[str] = []

    def read(response: Response) -> None:
        if "text/html" in response.headers.get("content-type", "") and response.status == 200:
            seen.append(words(response.text()))

    page.on("response", read)
    return seen


def test_the_tutorial_goes_as_it_says(demonstration: Demonstration, page: Page, seen: list[str]) -> None:
    _git, down, right, bad, slow = blocks(TUTORIAL, "sh")

    page.goto(demonstration.start())
    connect(page)
    sync_twice(page)
    wait_while_the_machine_is_down(demonstration, page, down, right)
    set_a_brew_aside(demonstration, page, bad, right)
    go_on_after_ctrl_c(demonstration, page, slow)

    quoted = set(re.findall(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)", without_code((ROOT / TUTORIAL).read_text())))
    assert len(quoted) > 12
    assert {label for label in quoted if " ".join(label.split()) not in " ".join(seen)} == set()


def connect(page: Page) -> None:
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Coffee machine"))
    card.get_by_role("link", name="Connect").click()
    page.get_by_role("link", name="Use demonstration values").click()
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("#id_password_error")).to_contain_text("refused")
    page.get_by_label("Password").fill("flat-white-4711")
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("main")).to_contain_text("Connected")


def sync_twice(page: Page) -> None:
    page.get_by_role("button", name="Sync Brews").click()
    expect_summary(page, "10,000 created, 0 updated, 0 unchanged")
    page.get_by_role("link", name="Show the records").click()
    expect(page.get_by_role("link", name="Open in Coffee machine").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Sync again").click()
    expect_summary(page, "0 created, 0 updated, 10,000 unchanged")


def wait_while_the_machine_is_down(demonstration: Demonstration, page: Page, down: str, right: str) -> None:
    demonstration.switch(down)
    page.get_by_role("button", name="Sync again").click()
    expect(page.get_by_role("button", name="Try now")).to_be_visible(timeout=RUN_MILLISECONDS)
    expect(page.locator("main")).to_contain_text("503")
    demonstration.switch(right)
    page.get_by_role("button", name="Try now").click()
    expect_summary(page, "0 created, 0 updated, 10,000 unchanged")


def set_a_brew_aside(demonstration: Demonstration, page: Page, bad: str, right: str) -> None:
    demonstration.switch(bad)
    page.get_by_role("button", name="Sync again").click()
    expect_summary(page, "0 created, 0 updated, 9,999 unchanged, 1 problem")
    page.get_by_role("link", name="Show the problems").click()
    page.get_by_role("link", name="42", exact=True).click()
    expect(page.locator("main")).to_contain_text("free")
    page.go_back()
    demonstration.switch(right)
    page.get_by_role("button", name="Retry all").click()
    expect_summary(page, "1 unchanged")


def go_on_after_ctrl_c(demonstration: Demonstration, page: Page, slow: str) -> None:
    demonstration.switch(slow)
    page.get_by_role("link", name="Coffee machine").first.click()
    page.get_by_role("button", name="Sync Brews").click()
    expect(page.locator("main")).to_contain_text("1,000 of 10,000", timeout=RUN_MILLISECONDS)
    demonstration.interrupt()

    page.goto(demonstration.start())
    page.get_by_role("link", name="Sync", exact=True).click()
    page.locator("main a[href*='/sync/runs/']").first.click()
    expect_summary(page, "0 created, 0 updated, 10,000 unchanged")
    expect(page.locator("main")).to_contain_text("20")


def expect_summary(page: Page, summary: str) -> None:
    """Wait until a run is over and says this."""
    expect(page.locator("main")).to_contain_text(summary, timeout=RUN_MILLISECONDS)


def without_code(text: str) -> str:
    """Leave out blocks and list markers."""
    return re.sub(r"^\* ", "", re.sub(r"```.*?```", "", text, flags=re.DOTALL), flags=re.MULTILINE)
