"""The command ``dovetail``: the hub's settings, then a verb of ``manage.py dovetail``."""

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, ProgrammingError

from dovetail.core.errors import ConfigurationError
from dovetail.hub import home
from dovetail.hub.schema import check_schema

BAD_CONFIGURATION = 2
NEEDS = ("granian", "whitenoise")
"""What the extra ``hub`` installs and a hub cannot do without."""
HELP = """\
usage: dovetail [--home FOLDER] verb ...

  init    make the folder of a hub with its configuration and keys
  demo    set up and serve a hub with a coffee machine to try everything on

FOLDER is the hub's; this folder when left out. Each verb has a --help of its own.
"""


def main(words: list[str] | None = None) -> int:
    """
    Choose the hub's settings and carry out a verb.

    Args:
        words: What stands on the command line behind ``dovetail``; taken from there when left out.
    Returns:
        The exit status: 0 when all went well, 2 when the configuration must change first.
    """
    options, rest = _parser().parse_known_args(words)
    if options.home:
        os.environ["DOVETAIL_HOME"] = str(Path(options.home).resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dovetail.hub.settings"
    try:
        check_installed(NEEDS)
        return _carry_out(rest or ["--help"])
    except ImproperlyConfigured as error:
        return _refuse(error)
    except (OperationalError, ProgrammingError) as error:
        return _explain_database(error)


def check_installed(packages: tuple[str, ...]) -> None:
    """
    Make sure that the hub was installed with all it needs.

    Raises:
        ConfigurationError: it was not; the message has the line that installs it.
    """
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise ConfigurationError(f'The hub needs {" and ".join(missing)}; run: pip install "dovetail[hub]"')


def _refuse(error: ImproperlyConfigured) -> int:
    print(error, file=sys.stderr)  # noqa: T201 -- a command speaks to its terminal
    return BAD_CONFIGURATION


def _explain_database(error: DatabaseError) -> int:
    """Say that the database is away or not migrated; an error that comes of neither is raised again."""
    try:
        check_schema()
    except ConfigurationError as refusal:
        return _refuse(refusal)
    raise error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dovetail", add_help=False, allow_abbrev=False)
    parser.add_argument("--home", help="the folder of the hub; this folder when left out")
    return parser


def _carry_out(words: list[str]) -> int:
    verb = words[0]
    if verb == "init":
        return _init(words[1:])
    if verb in {"--help", "-h"}:
        return _help()
    if verb == "demo":
        home.create(home.home())
    execute_from_command_line(["dovetail", "dovetail", *words])
    return 0


def _help() -> int:
    """Say what can be done; the verbs of a hub are known only where there is one."""
    print(HELP)  # noqa: T201
    if home.is_hub():
        execute_from_command_line(["dovetail", "dovetail", "--help"])
    return 0


def _init(words: list[str]) -> int:
    argparse.ArgumentParser(
        prog="dovetail init",
        description="Make the folder of a hub with its configuration and keys.",
        parents=[_parser()],
    ).parse_args(words)
    folder = home.home()
    made = home.create(folder)
    for path in made:
        print(f"Made {path}")  # noqa: T201
    if not made:
        print(f"{folder} is a hub already; nothing was changed.")  # noqa: T201
    return 0
