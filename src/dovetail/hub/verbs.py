"""The hub's verbs: what an operator does with the ready-made project."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dovetail.core.commands import Output, Verb
from dovetail.core.errors import ConfigurationError
from dovetail.hub import server
from dovetail.hub.options import HubSettings
from dovetail.hub.schema import check_schema
from dovetail.hub.sign_in import one_time_path

LARGEST_PORT = 65535


class Migrate(Verb):
    """Bring the database's tables up to this version."""

    name = "migrate"
    help = gettext_lazy("Make or update the tables of the database.")

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        out.line(_("The database is up to date."))


class Start(Verb):
    """Serve the pages."""

    name = "start"
    help = gettext_lazy("Serve the pages, with a worker in the same process unless hub.worker is false.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_address(parser)

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        address, port = chosen_address(options)
        check_schema()
        out.line(f"Dovetail serves {server.url_of(address, port)}/ (Ctrl-C stops it)")
        server.serve(address, port, processes=HubSettings.current().processes)


class CreateUser(Verb):
    """Make a user and print the link that signs them in once."""

    name = "create-user"
    help = gettext_lazy("Make a user, or find one, and print a link that signs them in once.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--admin", action="store_true", help=_("They may do everything."))
        add_address(parser)

    def handle(self, options: Mapping[str, Any], out: Output) -> None:
        user = user_named(options["username"], is_admin=options["admin"])
        settings = HubSettings.current()
        address, port = options["address"] or settings.address, options["port"] or settings.port
        out.line(f"Sign in once as {user.get_username()}: {server.url_of(address, port)}{one_time_path(user)}")


def add_address(parser: ArgumentParser) -> None:
    """Let a verb be told where to serve."""
    parser.add_argument("--address", help=_("The address to serve on."))
    parser.add_argument("--port", type=port_number, help=_("The port to serve on."))


def port_number(text: str) -> int:
    """Read a port from the command line; argparse tells the error."""
    number = int(text)
    if not 1 <= number <= LARGEST_PORT:
        raise ArgumentTypeError(f"a port is a number from 1 to {LARGEST_PORT}, not {number}")
    return number


def chosen_address(options: Mapping[str, Any]) -> tuple[str, int]:
    """
    Return the address and port to serve on, of the command line or of the settings.

    Raises:
        ConfigurationError: they cannot be used; the message says why and names another.
    """
    settings = HubSettings.current()
    address, port = options["address"] or settings.address, options["port"] or settings.port
    server.check_port_is_free(address, port)
    return address, port


def user_named(username: str, *, is_admin: bool) -> User:
    """
    Return the user with this name; a new one has no password and signs in by a link.

    Raises:
        ConfigurationError: an existing user who is no administrator was to become one.
    """
    user, is_new = get_user_model().objects.get_or_create(
        username=username, defaults={"is_staff": is_admin, "is_superuser": is_admin}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    elif is_admin and not user.is_superuser:
        raise ConfigurationError(
            f"{username} exists and is no administrator; choose another name, or use the admin pages."
        )
    return user
