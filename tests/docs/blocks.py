"""The code that stands in a document."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"\A(?:# |/\* |\{# )([\w/.-]+\.\w+)(?: \*/| #\})?\n")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of code."""

    document: str
    line: int
    """Where the code begins in the document, counted from 1."""
    language: str
    """Empty where the document names none."""
    code: str

    @property
    def file(self) -> str:
        """The file that the code is for, when its first line is a comment that names one; else empty."""
        named = FILE.match(self.code)
        return named[1] if named else ""

    @property
    def lines(self) -> list[str]:
        """The lines without the comments behind them; a line that ends in a backslash goes on in the next."""
        whole = self.code.replace("\\\n", " ")
        return [stripped for line in whole.splitlines() if (stripped := re.sub(r"(^|\s)#.*", "", line).strip())]


def blocks_of(document: str) -> list[Block]:
    """Return the code blocks of a document in the order in which they stand there."""
    text = (ROOT / document).read_text()
    return [
        Block(document=document, line=text.count("\n", 0, found.start(2)) + 1, language=found[1], code=found[2])
        for found in FENCE.finditer(text)
    ]


def blocks(document: str, language: str) -> list[str]:
    """Return the code of a document's blocks in one language."""
    return [block.code for block in blocks_of(document) if block.language == language]


def documents() -> list[str]:
    """List the README and the pages of the documentation."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    return ["README.md", *(str(page.relative_to(ROOT)) for page in pages if "_build" not in page.parts)]
