"""A browser for the tutorial."""

from tests.acceptance.conftest import browser, page

__all__ = ["browser", "page"]
