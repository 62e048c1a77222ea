"""What a database said when it refused a row, in words for people."""

import re

from django.db import DatabaseError, models
from django.utils.translation import gettext as _

WHOLE_RECORD = ""
"""Stands for the field where the database names none."""

TAKEN_COLUMNS = (re.compile(r"Key \(([^)]+)\)=.* already exists"), re.compile(r"UNIQUE constraint failed: (.+)"))
EMPTY_COLUMN = (re.compile(r'null value in column "([^"]+)"'), re.compile(r"NOT NULL constraint failed: (.+)"))


def reasons_of(error: DatabaseError, model: type[models.Model]) -> dict[str, str]:
    """Return one sentence for each field that the database names, or one for the whole record."""
    said = str(error)
    if taken := _fields_in(said, TAKEN_COLUMNS, model):
        return dict.fromkeys(taken, _("Another record has this value, and no two may."))
    if empty := _fields_in(said, EMPTY_COLUMN, model):
        return dict.fromkeys(empty, _("A value is required, and the record brings none."))
    return {WHOLE_RECORD: _("The database refuses the record: %s") % said.splitlines()[0]}


def _fields_in(said: str, patterns: tuple[re.Pattern[str], ...], model: type[models.Model]) -> list[str]:
    found = next((match for pattern in patterns if (match := pattern.search(said))), None)
    if found is None:
        return []
    names = {field.column: field.name for field in model._meta.concrete_fields}
    columns = [column.strip().rpartition(".")[2].strip('"') for column in found[1].split(",")]
    return [names.get(column, column) for column in columns]
