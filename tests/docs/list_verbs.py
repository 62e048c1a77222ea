"""Prints the verbs of a hub as JSON, each with its help and its arguments; run in the hub's folder."""

import argparse
import json

import django
from django.core.management.base import CommandParser

from dovetail.core.commands import Verb, verbs


def describe(verb: Verb) -> dict[str, object]:
    """Return what ``--help`` says of a verb."""
    parser = CommandParser(add_help=False)
    verb.add_arguments(parser)
    return {"help": str(verb.help), "arguments": {label(action): action.help or "" for action in parser._actions}}


def label(action: argparse.Action) -> str:
    """Return an argument as people type it."""
    if action.option_strings:
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        return f"{action.option_strings[0]}{value}"
    if action.choices:
        return "|".join(action.choices)
    return f"[{action.dest}]" if action.nargs == "?" else action.dest


if __name__ == "__main__":
    django.setup()
    print(json.dumps({name: describe(verbs.get(name)()) for name in verbs.names()}))
