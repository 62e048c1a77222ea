"""What goes when a connection goes: runs, problems and bindings. The records stay."""

from django.apps import apps
from django.utils.translation import ngettext

from dovetail.connector.binding import Binding
from dovetail.connector.problem import Problem
from dovetail.connector.run import Run
from dovetail.integrations.models import Connection
from dovetail.integrations.removals import Removal, removals
from dovetail.ui.progress import grouped


def describe(connection: Connection) -> list[str]:
    """Tell how many records lose their tie to the service."""
    bound = sum(binding._base_manager.filter(connection=connection).count() for binding in _bindings())
    if not bound:
        return []
    sentence = ngettext(
        "%(count)s record stays here and is no longer kept in sync.",
        "%(count)s records stay here and are no longer kept in sync.",
        bound,
    )
    return [sentence % {"count": grouped(bound)}]


def remove(connection: Connection) -> None:
    """Remove what this room keeps for a connection; a run that is at work notices and stops."""
    for model in (Problem, Run):
        model.objects.filter(connection=connection).delete()
    for binding in _bindings():
        binding._base_manager.filter(connection=connection).delete()


def _bindings() -> list[type[Binding]]:
    return [model for model in apps.get_models() if issubclass(model, Binding)]


removals.add("connector", Removal(key="connector", describe=describe, remove=remove))
