"""Issues of a tracker, what they refer to, and their bindings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dovetail.connector.binding import Binding


class Status(models.Model):
    """How far the work on an issue is."""

    name = models.CharField(_("name"), max_length=255)
    order = models.FloatField(_("order"), null=True, blank=True)

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name


class Priority(models.Model):
    """How much an issue matters."""

    name = models.CharField(_("name"), max_length=255)
    order = models.FloatField(_("order"), null=True, blank=True)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name


class Keyword(models.Model):
    """A subject that issues have in common."""

    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A user of the tracker; no account of this site."""

    username = models.CharField(_("user name"), max_length=255)
    name = models.CharField(_("name"), max_length=255, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("username", "pk")

    def __str__(self) -> str:
        return self.name or self.username


class Issue(models.Model):
    """What somebody wants to see done."""

    title = models.CharField(_("title"), max_length=255)
    status = models.ForeignKey(
        Status, verbose_name=_("status"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    priority = models.ForeignKey(
        Priority, verbose_name=_("priority"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    keywords = models.ManyToManyField(Keyword, verbose_name=_("keywords"), blank=True, related_name="+")
    assigned_to = models.ForeignKey(
        Person, verbose_name=_("assigned to"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        Person, verbose_name=_("created by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ("-changed_at", "-pk")
        indexes = [models.Index(fields=["-changed_at", "-id"], name="dovetail_issue_changed")]

    def __str__(self) -> str:
        return self.title


class StatusBinding(Binding):
    """A status in one tracker."""

    record = models.ForeignKey(Status, verbose_name=_("status"), on_delete=models.CASCADE, related_name="+")


class PriorityBinding(Binding):
    """A priority in one tracker."""

    record = models.ForeignKey(Priority, verbose_name=_("priority"), on_delete=models.CASCADE, related_name="+")


class KeywordBinding(Binding):
    """A keyword in one tracker."""

    record = models.ForeignKey(Keyword, verbose_name=_("keyword"), on_delete=models.CASCADE, related_name="+")


class PersonBinding(Binding):
    """A person in one tracker."""

    record = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+")


class IssueBinding(Binding):
    """An issue in one tracker."""

    record = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="+")
