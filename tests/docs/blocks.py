"""The code that stands in a document."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(document: str, language: str) -> list[str]:
    """Return the code blocks of a document in the order in which they stand there."""
    return [code for found, code in FENCE.findall((ROOT / document).read_text()) if found == language]
