"""Finds what is wrong with a mapper before the first record comes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from dovetail.connector.binding import Binding
from dovetail.connector.extras import extra_names
from dovetail.connector.mapper.declarations import Declaration, Reference, References

AnyField = Any
"""Django's fields and relations have no common type that tells them apart."""


def list_problems(
    mapper: str,
    declarations: Mapping[str, Declaration],
    has_methods: bool,
    record_model: type[models.Model],
    binding_model: type[Binding],
) -> list[str]:
    """
    Compare declarations with the models that they fill.

    Args:
        mapper: The mapper's name, for the sentences.
        declarations: By attribute.
        has_methods: Whether methods may fill further fields; then none can be said to be forgotten.
        record_model: Takes the values.
        binding_model: Takes those that only it has a column for.
    Returns:
        One sentence for each problem.
    """
    into = {declaration.into: declaration for declaration in declarations.values()}
    extras = extra_names(binding_model)
    found = [
        f"{mapper}.{attribute}: {problem}"
        for attribute, declaration in declarations.items()
        if (problem := _problem(declaration, record_model, extras))
    ]
    if not has_methods:
        label = record_model._meta.label
        found += [f"{mapper} fills no “{name}”, which {label} requires." for name in _required(record_model, set(into))]
    return found


def _problem(declaration: Declaration, record_model: type[models.Model], extras: frozenset[str]) -> str | None:
    if declaration.into in extras:
        return None
    label = record_model._meta.label
    try:
        field: AnyField = record_model._meta.get_field(declaration.into)
    except FieldDoesNotExist:
        return f"{label} has no field “{declaration.into}”, and its binding has none to fill."
    if isinstance(declaration, Reference):
        return _reference_problem(
            field, declaration.binding_model, "a foreign key", field.many_to_one or field.one_to_one
        )
    if isinstance(declaration, References):
        return _reference_problem(field, declaration.binding_model, "a many-to-many field", field.many_to_many)
    return None if field.concrete and not field.many_to_many else f"“{field.name}” of {label} is not a plain field."


def _reference_problem(field: AnyField, binding_model: type[Binding], kind: str, fits: bool) -> str | None:
    if not fits or field.auto_created:
        return f"“{field.name}” is not {kind}."
    bound = binding_model.record_model()
    if not issubclass(bound, field.related_model):
        return f"“{field.name}” points to {field.related_model._meta.label}, not to {bound._meta.label}."
    return None


def _required(record_model: type[models.Model], filled: set[str]) -> Iterator[str]:
    for field in record_model._meta.concrete_fields:
        if field.name not in filled and not _fills_itself(field):
            yield field.name


def _fills_itself(field: AnyField) -> bool:
    """Whether a new row can do without a value for the field."""
    fills = (
        field.primary_key
        or field.null
        or field.blank  # its empty value is as good as any
        or field.has_default()
        or field.generated
        or field.db_default is not models.NOT_PROVIDED
    )
    return bool(fills)
