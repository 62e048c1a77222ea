"""Tickets, and their bindings."""

from django.db import models

from dovetail.connector.binding import Binding


class Ticket(models.Model):
    """An issue in our words."""

    title = models.CharField(max_length=100)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class TicketBinding(Binding):
    """A ticket in one tracker."""

    record = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
