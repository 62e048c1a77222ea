"""What a field takes: in words, and by its validators."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dovetail.connector.unfit import Unfit, shown

MOST_CHOICES_SHOWN = 8

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field  # takes no argument at run time


def expectation(field: AnyField) -> str:
    """Return what a field takes, to stand after “Expected”: “a whole number”."""
    if field.flatchoices:
        return _one_of([str(value) for value, label in field.flatchoices])
    if isinstance(field, models.ForeignKey | models.OneToOneField):
        return _("the key of a record")
    words = next((words for kind, words in WORDS.items() if isinstance(field, kind)), None)
    if words is None:
        return str(field.description) % vars(field)
    return str(words(field) if callable(words) else words)


def check_validators(field: AnyField, value: Any) -> None:
    """
    Run a field's validators.

    Raises:
        Unfit: one of them refuses the value; it says so in their words.
    """
    try:
        field.run_validators(value)
    except ValidationError as error:
        said = {"rules": " ".join(error.messages), "value": shown(value)}
        raise Unfit(_("%(rules)s Got %(value)s.") % said) from error


def _one_of(values: list[str]) -> str:
    shown = ", ".join(values[:MOST_CHOICES_SHOWN])
    return _("one of %s") % (shown if len(values) <= MOST_CHOICES_SHOWN else f"{shown}, …")


def _text(field: Any) -> str:
    return _("text of at most %d characters") % field.max_length if field.max_length else _("text")


def _decimal(field: Any) -> str:
    limits = {"digits": field.max_digits, "places": field.decimal_places}
    return _("a number of at most %(digits)d digits, %(places)d of them behind the point") % limits


WORDS: dict[type[AnyField], Any] = {
    models.EmailField: gettext_lazy("an email address"),
    models.URLField: gettext_lazy("a web address"),
    models.CharField: _text,
    models.TextField: _text,
    models.IntegerField: gettext_lazy("a whole number"),
    models.FloatField: gettext_lazy("a number"),
    models.DecimalField: _decimal,
    models.BooleanField: gettext_lazy("true or false"),
    models.DateTimeField: gettext_lazy("a time with its time zone, such as 2026-01-31T09:30:00Z"),
    models.DateField: gettext_lazy("a date, such as 2026-01-31"),
    models.JSONField: gettext_lazy("a JSON value"),
    models.UUIDField: gettext_lazy("a UUID"),
}
"""Words, or what makes them of the field, by kind of field; a kind stands before those that it is made of."""
