"""The tables of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dovetail.core.fields import ExternalIdField


class State(models.Model):
    """A small value that all processes see; see ``dovetail.core.state``."""

    key = ExternalIdField(_("key"), primary_key=True)
    value = models.TextField(_("value"))
    expires_at = models.DateTimeField(_("expires at"), null=True)

    class Meta:
        verbose_name = _("shared state")
        verbose_name_plural = _("shared state")

    def __str__(self) -> str:
        return str(self.key)
