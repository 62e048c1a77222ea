"""A coffee machine with an HTTP interface: brews in pages, passwords, a rate limit, and switches to misbehave."""

from dovetail.testing.servers.coffee.server import CoffeeServer

__all__ = ["CoffeeServer"]
