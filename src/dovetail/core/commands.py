"""The verbs of ``manage.py dovetail <verb>``; rooms and applications add theirs."""

from collections.abc import Mapping
from typing import Any

from django.core.management import CommandParser, call_command
from django.utils.translation import gettext_lazy

from dovetail.core.configuration import explain, validate
from dovetail.core.errors import ProgrammingMistake
from dovetail.core.output import Output
from dovetail.core.registry import Registry

__all__ = ["Output", "Verb", "add_verb", "verbs"]

Text = Any
"""A text or a lazily translated one."""


class Verb:
    """One thing that an operator does; a subclass is added with ``add_verb``."""

    name: str = ""
    """The word to type."""
    help: Text = ""
    """One sentence, shown by ``--help``."""
    needs_checks: bool = True
    """Whether a project with errors in its configuration or system checks is refused first."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments of the verb, as in ``argparse``."""

    def handle(self, options: Mapping[str, Any], out: Output) -> int | None:
        """
        Do it.

        Args:
            options: The parsed arguments.
            out: Where to print.
        Returns:
            The exit status, or None when it went well.
        Raises:
            DovetailError, ConfigurationError: printed as one sentence; the exit status is then 2.
        """
        raise NotImplementedError


verbs: Registry[type[Verb]] = Registry("verb")


def add_verb(verb: type[Verb]) -> type[Verb]:
    """
    Add a verb; also usable as a class decorator.

    Raises:
        DuplicateName: another verb has this name.
    """
    if not verb.name:
        raise ProgrammingMistake(f"The verb {verb.__name__} has no name.")
    return verbs.add(verb.name, verb)


@add_verb
class Check(Verb):
    """Finds what is wrong with the project."""

    name = "check"
    help = gettext_lazy("Find what is wrong with the configuration and the project.")
    needs_checks = False

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        validate()
        call_command("check", stdout=out.stream)


@add_verb
class Config(Verb):
    """Shows the settings."""

    name = "config"
    help = gettext_lazy("Show each setting with its value and where that comes from.")
    needs_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["explain"])

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        for setting in explain():
            out.line(f"{setting.key} = {setting.value}")
            out.line(f"    from {setting.origin}; set it by {setting.variable}")
            if setting.description:
                out.line(f"    {setting.description}")
