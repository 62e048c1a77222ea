"""Calls to outside services that survive their bad days."""

from dovetail.clients.answers import Answer
from dovetail.clients.auth import ApiKey, Basic, Bearer, Credentials
from dovetail.clients.client import Client
from dovetail.clients.deadline import deadline
from dovetail.clients.paging import LinkHeader, NextUrl, Page, PageNumber, Pages, Paginator
from dovetail.clients.transport import Transport

__all__ = [
    "Answer",
    "ApiKey",
    "Basic",
    "Bearer",
    "Client",
    "Credentials",
    "LinkHeader",
    "NextUrl",
    "Page",
    "PageNumber",
    "Pages",
    "Paginator",
    "Transport",
    "deadline",
]
