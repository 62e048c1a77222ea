"""Brews and suppliers, and their bindings to coffee machines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dovetail.connector.binding import Binding


class Supplier(models.Model):
    """Who supplies the beans."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Brew(models.Model):
    """A coffee that a machine makes."""

    name = models.CharField(_("name"), max_length=200)
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=2)
    available = models.BooleanField(_("available"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("brew")
        verbose_name_plural = _("brews")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class SupplierBinding(Binding):
    """A supplier on one machine."""

    record = models.ForeignKey(Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="+")


class BrewBinding(Binding):
    """A brew on one machine."""

    record = models.ForeignKey(Brew, verbose_name=_("brew"), on_delete=models.CASCADE, related_name="+")
    strength = models.PositiveSmallIntegerField(_("strength"), null=True)  # only the machine knows it
