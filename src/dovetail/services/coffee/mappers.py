"""Translates the coffee machine's records."""

from collections.abc import Mapping
from typing import Any

from dovetail.connector.convert import Cents
from dovetail.connector.mapper import REMOTE, Field, Mapper, Reference, mapping
from dovetail.services.coffee.models import SupplierBinding


class SupplierMapper(Mapper):
    """A supplier of the machine as one of ours."""

    name = Field("name")
    country = Field("country", default="")
    email = Field("email", default="")
    remote_version = Field("updated_at", default="")


class BrewMapper(Mapper):
    """A brew of the machine as one of ours."""

    name = Field("title")
    price = Field("price_cents", convert=Cents(), source_of_truth=REMOTE)
    available = Field("available", default=True)
    supplier = Reference("supplier_id", SupplierBinding)
    strength = Field("strength", default=None)
    remote_version = Field("updated_at", default="")

    @mapping(changed_by=("recipe",))
    def notes(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what a person would read of the recipe."""
        return {"notes": source["recipe"]["summary"]}
