"""Roundup's way to write a moment."""

from datetime import UTC, datetime


class RoundupTime:
    """
    A moment as ``"2026-11-20.12:30:49"``, in UTC.

    Source: Roundup's user guide, "Date properties"; the REST interface sends each date in this form.
    """

    def to_internal(self, value: str) -> datetime:
        """Return the moment, aware; ValueError if the text is no moment."""
        return datetime.fromisoformat(str(value).replace(".", "T", 1)).replace(tzinfo=UTC)

    def to_external(self, value: datetime) -> str:
        """Return the text, to the second."""
        return value.astimezone(UTC).strftime("%Y-%m-%d.%H:%M:%S")
