"""What is kept in sync with a coffee machine."""

from django.utils.translation import gettext_lazy as _

from dovetail.connector.stream import Stream
from dovetail.services.coffee.adapters import BrewAdapter, SupplierAdapter
from dovetail.services.coffee.integration import CoffeeIntegration
from dovetail.services.coffee.mappers import BrewMapper, SupplierMapper
from dovetail.services.coffee.models import BrewBinding, SupplierBinding

PAGE_SIZE = 500


class Suppliers(Stream):
    """Who supplies the beans."""

    label = _("Suppliers")
    integration, binding, mapper, adapter = CoffeeIntegration, SupplierBinding, SupplierMapper, SupplierAdapter
    page_size = PAGE_SIZE


class Brews(Stream):
    """What the machine makes."""

    label = _("Brews")
    integration, binding, mapper, adapter = CoffeeIntegration, BrewBinding, BrewMapper, BrewAdapter
    page_size = PAGE_SIZE
