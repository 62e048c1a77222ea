"""Models that only these tests have."""

from django.db import models

from dovetail.core.changes import FollowedManager
from dovetail.core.fields import EncryptedJSONField, EncryptedTextField, ExternalIdField


class Sized(models.Model):
    """Its writes can be followed by whatever method."""

    size = models.IntegerField(default=0)

    objects = FollowedManager()

    class Meta:
        abstract = True


class Shelf(Sized):
    """Takes its manager from an abstract model."""

    name = models.TextField()

    class Meta:
        app_label = "core_tests"


class Account(models.Model):
    """Keeps secrets."""

    external_id = ExternalIdField(unique=True)
    note = EncryptedTextField(blank=True)
    credentials = EncryptedJSONField(default=dict)

    class Meta:
        app_label = "core_tests"


TABLES = (Shelf, Account)
