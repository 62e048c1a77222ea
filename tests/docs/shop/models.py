"""Orders, the organisations that place them, and what is still to be exported."""

from django.db import models


class Organisation(models.Model):
    name = models.TextField()


class Order(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    connection = models.ForeignKey(
        "dovetail_integrations.Connection", null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self):
        return f"Order {self.pk}"


class Outbox(models.Model):
    brew_id = models.BigIntegerField()
    origin = models.TextField()
