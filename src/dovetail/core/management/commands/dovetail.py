"""``manage.py dovetail <verb>``: what an operator does."""

import gc
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from dovetail.core.commands import Verb, verbs
from dovetail.core.configuration import validate
from dovetail.core.errors import ConfigurationError, DovetailError
from dovetail.core.output import Output

FAILED = 2
INTERRUPTED = 130
"""What a shell expects of a command that Ctrl-C ended."""


class Command(BaseCommand):
    """Hands over to the verb."""

    requires_system_checks = []  # the verb says whether it needs them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help = _("Run, watch and repair what Dovetail does.")  # argparse takes no lazy text

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = parser.prog.replace("dovetail dovetail", "dovetail")  # the hub's own command is named like this
        choices = parser.add_subparsers(dest="verb", required=True, metavar="verb")
        for name in verbs.names():
            verb = verbs.get(name)()
            verb.add_arguments(choices.add_parser(name, help=str(verb.help), description=str(verb.help)))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            status = self._run(verbs.get(options["verb"])(), options)
        except (ConfigurationError, DovetailError) as error:
            raise CommandError(str(error), returncode=FAILED) from error
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        if status:
            sys.exit(status)

    def _run(self, verb: Verb, options: dict[str, Any]) -> int | None:
        if verb.needs_checks:
            validate()
            self.check()
        # What is loaded by now stays; to look through it at each collection costs a worker a fifth of its time.
        gc.freeze()
        return verb.handle(options, Output(options.get("stdout") or sys.stdout))
