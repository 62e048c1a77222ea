"""Translates issues into tickets."""

from dovetail.connector.mapper import Field, Mapper
from dovetail.services.roundup.convert import RoundupTime

LONGEST_TITLE = 100


class Shortened:
    """A text that is cut where a ticket's title ends."""

    def to_internal(self, value: str) -> str:
        return value[:LONGEST_TITLE]


class TicketMapper(Mapper):
    """An issue as a ticket."""

    title = Field("title")
    changed_at = Field("activity", convert=RoundupTime())
