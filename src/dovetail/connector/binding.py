"""The row that ties a record of ours to its id on an outside service."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from dovetail.core import clock
from dovetail.core.fields import ExternalIdField

if TYPE_CHECKING:
    from dovetail.integrations.models import Connection

UNIQUE_TOGETHER = (("connection", "external_id"), ("connection", "record"))


def _gets_own_table(bases: tuple[type, ...], meta: Any) -> bool:
    if getattr(meta, "abstract", False) or getattr(meta, "proxy", False):
        return False
    parents = [base for base in bases if isinstance(base, BindingBase)]
    return bool(parents) and all(parent._meta.abstract for parent in parents)  # type: ignore[attr-defined] # a model


def _inherited_meta(bases: tuple[type, ...]) -> Any:
    return next((base.Meta for base in bases if hasattr(base, "Meta")), object)


def _with_unique_constraints(meta: Any) -> type:
    unique = [
        models.UniqueConstraint(fields=fields, name=f"%(app_label)s_%(class)s_unique_{fields[1]}")
        for fields in UNIQUE_TOGETHER
    ]
    return type("Meta", (meta,), {"abstract": False, "constraints": [*getattr(meta, "constraints", ()), *unique]})


class BindingBase(ModelBase):
    """Gives each concrete binding its two unique constraints, whatever its ``Meta`` says."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        meta = attrs.get("Meta")
        if _gets_own_table(bases, meta):
            attrs["Meta"] = _with_unique_constraints(meta or _inherited_meta(bases))
        return super().__new__(cls, name, bases, attrs, **kwargs)


class Binding(models.Model, metaclass=BindingBase):
    """
    Ties one record to its external id on one connection.

    A subclass declares ``record``, a foreign key to the record's model, and any column that only the service knows.
    A record may be bound on many connections, but only once on each; both facts are unique constraints in the database.
    """

    connection = models.ForeignKey(
        "dovetail_integrations.Connection",
        verbose_name=_("connection"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # the unique constraints begin with it
    )
    external_id = ExternalIdField(_("external id"))
    content_hash = models.BigIntegerField(_("content hash"), null=True, editable=False)
    remote_version = models.TextField(_("version on the service"), default="", blank=True)
    synced_at = models.DateTimeField(_("synced at"), default=clock.now)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)

    if TYPE_CHECKING:
        record: models.ForeignKey[Any, Any]
        record_id: Any
        connection_id: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.external_id)

    @classmethod
    def record_model(cls) -> type[models.Model]:
        """Return the model of the records that this binding ties."""
        model = cls._meta.get_field("record").related_model
        assert isinstance(model, type)
        return model


BindingT = TypeVar("BindingT", bound=Binding)


class Binder(Generic[BindingT]):
    """
    Translates between our records and their ids on one connection.

    It sees all rows, those that a model's default manager hides too. ``"0"`` is an id like any other, the empty text is
    none.
    """

    def __init__(self, binding_model: type[BindingT], connection: "Connection") -> None:
        self.binding_model = binding_model
        self.connection = connection

    def to_internal(self, external_id: str, *, unwrap: bool = False) -> Any:
        """
        Return the binding with this external id, or its record with ``unwrap``; None when nothing is bound to it.

        Returns:
            A binding, a record, or None.
        """
        binding = self._bindings().filter(external_id=_checked(external_id)).first()
        return self.unwrap_binding(binding) if binding and unwrap else binding

    def to_external(self, record: models.Model) -> str | None:
        """Return the record's id on the service; None when it is not bound."""
        return self._bindings().filter(record=record).values_list("external_id", flat=True).first()

    def bind(self, external_id: str, record: models.Model) -> BindingT:
        """
        Tie a record to an external id, or note that the tie was confirmed just now.

        Raises:
            IntegrityError: the record is bound to another id of this connection; remove that binding first.
        """
        values = {"record": record, "synced_at": clock.now()}
        binding, _is_new = self._bindings().update_or_create(
            connection=self.connection, external_id=_checked(external_id), defaults=values
        )
        return binding

    def unwrap_binding(self, binding: BindingT) -> models.Model:
        """Return the record that a binding ties."""
        record: models.Model = binding.record
        return record

    def _bindings(self) -> "models.QuerySet[BindingT]":
        return self.binding_model._base_manager.filter(connection=self.connection)


def _checked(external_id: str) -> str:
    if external_id is None or external_id == "":
        raise ValueError("An external id is needed; None and the empty text are not ids.")
    return external_id
