"""What the log leaves out."""

import logging


class BriefRefusals(logging.Filter):
    """Tell in one line that a request was refused; where in the program that was says nothing about the visitor."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True
