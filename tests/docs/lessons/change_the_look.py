"""The pages stand in the shop's frame, with its style sheet and its menu entry."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from dovetail.ui.navigation import navigation
from tests.docs.visitor import Visitor


def given() -> dict[str, Any]:
    return {}


def then(names: dict[str, Any]) -> None:
    link = '<link rel="stylesheet" href="/static/shop/look.css">'
    assert link in render_to_string("dovetail/ui/bare.html")
    assert Path(finders.find("shop/look.css")).read_text().count("--accent") == 4

    visitor = Visitor()
    page = visitor.get("/integrations/")
    assert "The shop's own menu" in page
    assert "Integrations" in page
    assert 'href="/static/dovetail/ui/dovetail.css"' in page

    request = RequestFactory().get("/")
    request.user = visitor.user
    assert [str(link.label) for link in navigation.links(request)] == ["Integrations", "Orders"]
