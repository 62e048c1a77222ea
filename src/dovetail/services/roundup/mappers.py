"""Translates the tracker's items."""

from collections.abc import Mapping
from typing import Any

from dovetail.connector.mapper import Field, Mapper, Reference, References, mapping
from dovetail.services.roundup.convert import RoundupTime
from dovetail.services.roundup.models import KeywordBinding, PersonBinding, PriorityBinding, StatusBinding


class StatusMapper(Mapper):
    """A status of the tracker as one of ours."""

    name = Field("name")
    order = Field("order", default=None)


class PriorityMapper(Mapper):
    """A priority of the tracker as one of ours."""

    name = Field("name")
    order = Field("order", default=None)


class KeywordMapper(Mapper):
    """A keyword of the tracker as one of ours."""

    name = Field("name")


class PersonMapper(Mapper):
    """A user of the tracker as a person."""

    username = Field("username")

    @mapping(changed_by=("realname", "address"))
    def name_and_email(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """Take what the tracker shows of a person; unset is None, and what the account may not see is missing."""
        return {"name": source.get("realname") or "", "email": source.get("address") or ""}


class IssueMapper(Mapper):
    """An issue of the tracker as one of ours."""

    title = Field("title")
    status = Reference("status", StatusBinding)
    priority = Reference("priority", PriorityBinding)
    keywords = References("keyword", KeywordBinding)
    assigned_to = Reference("assignedto", PersonBinding)
    created_by = Reference("creator", PersonBinding)
    created_at = Field("creation", convert=RoundupTime())
    changed_at = Field("activity", convert=RoundupTime())
    remote_version = Field("activity")
