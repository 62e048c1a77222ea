"""Dovetail joins a Django application to the services around it."""

from dovetail.core.rooms import apps

__all__ = ["apps"]
