"""How the documentation is built: ``make docs``."""

import tomllib
from pathlib import Path

project = "Dovetail"
author = "The Dovetail developers"
release = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Dovetail"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
