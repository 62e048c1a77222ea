"""Writes records page by page, in a handful of statements."""

from dovetail.connector.writer.page_writer import PageWriter, upsert
from dovetail.connector.writer.rows import PageResult, Row, RowProblem

__all__ = ["PageResult", "PageWriter", "Row", "RowProblem", "upsert"]
