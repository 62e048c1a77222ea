"""When a row was made and last saved."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dovetail.core import clock


class Dated(models.Model):
    """A row that knows when it was made and last saved."""

    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=clock.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.updated_at = clock.now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(*args, **kwargs)
