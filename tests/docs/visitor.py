"""Somebody who may do everything and looks at the pages of a project."""

import html
import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client


class Visitor:
    """Signed in as an administrator; ``host`` is the name under which the site is asked for."""

    def __init__(self) -> None:
        self.host = "localhost"
        self._client = Client()
        self.user = User.objects.create_superuser("alice")
        self._client.force_login(self.user)

    def get(self, path: str, *, status: int = 200) -> str:
        """Return the source of a page."""
        return _source(self._client.get(path, follow=True, headers={"host": self.host}), status)

    def post(self, path: str, **entered: str) -> str:
        """Send a form and return the source of the page to which it leads."""
        return _source(self._client.post(path, entered, follow=True, headers={"host": self.host}), 200)

    def connect(self, integration_id: str, **entered: str) -> str:
        """Send the form of a connect page."""
        return self.post(f"/integrations/connect/{integration_id}/", name="Ours", **entered)


def words(source: str) -> str:
    """Return what people read of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", source)).split())


def _source(answer: Any, status: int) -> str:
    source: str = answer.content.decode()
    assert answer.status_code == status, source
    return source
