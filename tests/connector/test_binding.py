"""Bindings are unique on both sides, and the binder translates between the two."""

import pytest
from django.db import IntegrityError, models
from django.db import connection as database
from django.db.migrations.state import ModelState
from django.test.utils import isolate_apps

from dovetail.connector.binding import Binder, Binding
from dovetail.integrations.models import Connection
from tests.connector.app.models import Maker, MakerBinding
from tests.connector.shop import ADDRESS

MODULE = "tests.connector.app.models"
UNIQUE = {("connection", "external_id"), ("connection", "record")}


@pytest.fixture
def binder(connection: Connection) -> Binder[MakerBinding]:
    return Binder(MakerBinding, connection)


@isolate_apps("tests.connector.app")
def test_both_keys_are_unique_whatever_meta_says() -> None:
    """An own Meta, with constraints or without, or an inherited one: the constraints are there and in migrations."""

    class Plain(Binding):
        __module__ = MODULE
        record = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="+")

    class WithMeta(Binding):
        __module__ = MODULE
        record = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="+")

        class Meta:
            ordering = ("external_id",)
            constraints = (models.CheckConstraint(condition=~models.Q(external_id=""), name="not_empty"),)

    class Base(Binding):
        __module__ = MODULE

        class Meta:
            abstract = True
            ordering = ("-pk",)

    class Inherits(Base):
        __module__ = MODULE
        record = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="+")

    for model in (Plain, WithMeta, Inherits):
        found = {tuple(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)}
        in_migrations = ModelState.from_model(model).options["constraints"]
        assert found == UNIQUE, model
        assert len(in_migrations) == len(model._meta.constraints)
    assert len(WithMeta._meta.constraints) == 3
    assert Inherits._meta.ordering == ("-pk",)
    assert not Base._meta.constraints


@pytest.mark.django_db
def test_the_database_has_the_constraints(connection: Connection) -> None:
    """A second binding of a record, or of an id, is refused."""
    acme, bolt = Maker.objects.create(name="Acme"), Maker.objects.create(name="Bolt")
    MakerBinding.objects.create(connection=connection, external_id="1", record=acme)

    with database.cursor() as cursor:
        constraints = database.introspection.get_constraints(cursor, MakerBinding._meta.db_table)
    unique = {tuple(one["columns"]) for one in constraints.values() if one["unique"] and not one["primary_key"]}
    assert unique == {("connection_id", "external_id"), ("connection_id", "record_id")}
    with pytest.raises(IntegrityError):
        MakerBinding.objects.create(connection=connection, external_id="1", record=bolt)


@pytest.mark.django_db
def test_the_binder_translates_both_ways(binder: Binder[MakerBinding]) -> None:
    """Nothing is known of what is not bound."""
    acme = Maker.objects.create(name="Acme")
    assert binder.to_internal("0") is None
    assert binder.to_external(acme) is None

    binding = binder.bind("0", acme)

    assert binder.to_internal("0") == binding
    assert binder.to_internal("0", unwrap=True) == acme
    assert binder.unwrap_binding(binding) == acme
    assert binder.to_external(acme) == "0"


@pytest.mark.django_db
def test_binding_again_confirms_the_tie(binder: Binder[MakerBinding]) -> None:
    """The time is renewed, and no second row appears."""
    acme = Maker.objects.create(name="Acme")
    first = binder.bind("a", acme)

    second = binder.bind("a", acme)

    assert (first.pk, MakerBinding.objects.count()) == (second.pk, 1)
    assert second.synced_at > first.synced_at


@pytest.mark.django_db
@pytest.mark.parametrize("external_id", ["", None])
def test_nothing_is_not_an_id(binder: Binder[MakerBinding], external_id: str) -> None:
    """Neither None nor the empty text names a record."""
    with pytest.raises(ValueError, match="are not ids"):
        binder.to_internal(external_id)


@pytest.mark.django_db
def test_ids_belong_to_their_connection(binder: Binder[MakerBinding]) -> None:
    """The same id on another account is another record; upper and lower case differ."""
    other = Connection.objects.create(integration_id="shop", name="Other shop", address=ADDRESS)
    acme = Maker.objects.create(name="Acme")
    binder.bind("Ab", acme)

    assert Binder(MakerBinding, other).to_internal("Ab") is None
    assert binder.to_internal("aB") is None
    Binder(MakerBinding, other).bind("Ab", acme)
    assert MakerBinding.objects.count() == 2
