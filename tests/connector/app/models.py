"""Records of several kinds, and the bindings of those that a service knows."""

import uuid

from django.db import models

from dovetail.connector.binding import Binding


class Maker(models.Model):
    """Who makes items."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that items can have."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A thing for sale, with a field of each common kind."""

    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=50)
    price = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    quantity = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    payload = models.JSONField(null=True, blank=True)
    maker = models.ForeignKey(Maker, on_delete=models.SET_NULL, null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True)

    def __str__(self) -> str:
        return self.name


class MakerBinding(Binding):
    """Ties makers."""

    record = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="+")


class TagBinding(Binding):
    """Ties tags."""

    record = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")


class ItemBinding(Binding):
    """Ties items, and keeps what only the service knows about them."""

    record = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bindings")
    shelf = models.CharField(max_length=20, blank=True, default="")


class Listing(models.Model):
    """A thing for sale that carries its external id itself."""

    external_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=50)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    quantity = models.PositiveIntegerField()
    is_active = models.BooleanField()
    updated_at = models.DateTimeField()
    note = models.TextField()
    payload = models.JSONField()
    maker = models.ForeignKey(Maker, on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """A record whose columns fill themselves: a random key, times, a default, and values that must be unique."""

    class Urgency(models.TextChoices):
        """How soon."""

        SOON = "soon"
        LATER = "later"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=10, unique=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.LATER)
    email = models.EmailField(blank=True)
    due = models.DateField(null=True)
    token = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code


class TicketBinding(Binding):
    """Ties tickets."""

    record = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")


class Folder(models.Model):
    """A record that refers to others of its kind."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class FolderBinding(Binding):
    """Ties folders."""

    record = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="+")
