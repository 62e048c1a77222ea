"""Walking through lists that a service answers in pages."""

from dovetail.clients.paging.link_header import LinkHeader
from dovetail.clients.paging.next_url import NextUrl
from dovetail.clients.paging.page_number import PageNumber
from dovetail.clients.paging.pages import Page, Pages
from dovetail.clients.paging.paginator import Contents, Paginator, Place

__all__ = ["Contents", "LinkHeader", "NextUrl", "Page", "PageNumber", "Pages", "Paginator", "Place"]
