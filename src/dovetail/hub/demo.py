"""The demonstration: a hub with a user and a coffee machine to connect to."""

import os
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dovetail.core.commands import Output, Verb
from dovetail.core.errors import ConfigurationError
from dovetail.hub import server
from dovetail.hub.sign_in import one_time_path
from dovetail.hub.verbs import add_address, chosen_address, user_named
from dovetail.testing.servers.coffee import CoffeeServer

USERNAME = "admin"
COFFEE_PORT = 8765


class Demo(Verb):
    """Set all up on SQLite, start the coffee machine, print the sign-in link, serve."""

    name = "demo"
    help = gettext_lazy("Set up and serve a hub with a coffee machine to try everything on.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_address(parser)
        parser.add_argument("--coffee-port", type=int, default=COFFEE_PORT, help=_("The port of the coffee machine."))

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        address, port = chosen_address(options)
        call_command("migrate", interactive=False, verbosity=0)
        user = user_named(USERNAME, is_admin=True)
        with CoffeeServer(port=_free_port(address, options["coffee_port"])) as machine:
            # The web processes are forked from this one and offer the address when somebody connects.
            os.environ["DOVETAIL_COFFEE_DEMO_ADDRESS"] = machine.url
            out.line(f"A coffee machine listens on {machine.url}")
            out.line(f"Sign in once: {server.url_of(address, port)}{one_time_path(user)}")
            out.line("Ctrl-C stops both.")
            server.serve(address, port, processes=1)


def _free_port(address: str, port: int) -> int:
    """Return the port, or 0 for any when another program has it: the address is offered in the page anyway."""
    try:
        server.check_port_is_free(address, port)
    except ConfigurationError:
        return 0
    return port
