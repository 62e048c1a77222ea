"""Measure all or one group, print a Markdown table, write ``results.json``: ``python -m benchmarks.run [GROUP]``."""

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.row import Row

GROUPS = {"import": "import_pages", "client": "client_calls", "jobs": "jobs", "resources": "hub_start"}
RESULTS = Path(__file__).with_name("results.json")
COLUMNS = ("name", "ours", "peer", "unit", "ratio", "goal", "met")


def measure(only: str) -> Iterator[Row]:
    for group in [only] if only else GROUPS:
        if group not in GROUPS:
            sys.exit(f"ONLY={group}: there is no such group; there are {', '.join(GROUPS)}.")
        yield from importlib.import_module(f"benchmarks.{GROUPS[group]}").rows()


def table_line(row: Row) -> str:
    cells = (row.name, f"{row.ours:,.5g}", f"{row.peer:,.5g} ({row.peer_name})", row.unit, f"{row.ratio:.2f}", row.goal)
    return "| " + " | ".join([*cells, "yes" if row.met else "**no**"]) + " |"


def write_results(rows: list[Row], only: str) -> None:
    """Replace what was measured now; a run of one group keeps the others' last figures."""
    kept = [] if not only or not RESULTS.exists() else json.loads(RESULTS.read_text())
    measured = [asdict(row) for row in rows]
    others = [row for row in kept if not row["name"].startswith(only)]
    RESULTS.write_text(json.dumps(others + measured, indent=2) + "\n")


def main(only: str = "") -> None:
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|", flush=True)
    rows = []
    for row in measure(only):
        print(table_line(row), flush=True)
        rows.append(row)
    write_results(rows, only)


if __name__ == "__main__":
    main(*sys.argv[1:2])
