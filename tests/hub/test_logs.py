"""What an operator reads in the log."""

import logging
import sys

from dovetail.hub.logs import BriefRefusals


def record_at(level: int) -> logging.LogRecord:
    try:
        raise PermissionError
    except PermissionError:
        record = logging.LogRecord("django.request", level, __file__, 1, "Forbidden: /", None, sys.exc_info())
    assert BriefRefusals().filter(record)
    return record


def test_a_refused_request_is_one_line_and_a_failed_one_says_where() -> None:
    assert record_at(logging.WARNING).exc_info is None
    assert record_at(logging.ERROR).exc_info
