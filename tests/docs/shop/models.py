"""What the shop keeps: orders, the organisations that place them, essays about what it sells."""

from django.db import models

from dovetail.connector.binding import Binding


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


class Author(models.Model):
    name = models.TextField()


class Tag(models.Model):
    name = models.TextField()


class Essay(models.Model):
    external_id = models.TextField(unique=True, null=True)
    title = models.TextField()
    slug = models.SlugField()
    published_at = models.DateTimeField(null=True)
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT)
    tags = models.ManyToManyField(Tag)


class EssayBinding(Binding):
    record = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="bindings")
    word_count = models.PositiveIntegerField(null=True)
