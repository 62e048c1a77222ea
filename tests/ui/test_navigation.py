"""Who sees what in the menu."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory

from dovetail.core.errors import DuplicateName
from dovetail.ui.navigation import Navigation, NavItem
from tests.ui.pages import Pages

ADMIN = User(username="anna", is_superuser=True)
STAFF = User(username="ben", is_active=False)


def menu(*items: NavItem) -> Navigation:
    """Build a menu of its own."""
    navigation = Navigation()
    for item in items:
        navigation.add(item)
    return navigation


def labels(navigation: Navigation, user: User | AnonymousUser, path: str = "/") -> list[str]:
    """List what the user reads; the current entry in brackets."""
    request = RequestFactory().get(path)
    request.user = user
    return [f"[{link.label}]" if link.is_current else str(link.label) for link in navigation.links(request)]


RUNS = NavItem(key="runs", label="Runs", url_name="run", order=20)
START = NavItem(key="start", label="Start", url_name="parts", order=10)


def test_entries_stand_in_their_order_and_the_nearest_is_current(style_pages: Pages) -> None:
    """The start page is above everything, and current only itself."""
    assert labels(menu(RUNS, START), ADMIN, "/run/7/") == ["Start", "[Runs]"]
    assert labels(menu(RUNS, START), ADMIN, "/") == ["[Start]", "Runs"]
    assert labels(menu(RUNS, START), ADMIN, "/records/") == ["Start", "Runs"]


def test_an_entry_is_shown_to_who_may_see_its_page(style_pages: Pages) -> None:
    """An inactive user has no permission."""
    secret = NavItem(key="secret", label="Secret", url_name="records", permission="auth.view_user")

    assert labels(menu(RUNS, secret), ADMIN) == ["Runs", "Secret"]
    assert labels(menu(RUNS, secret), STAFF) == ["Runs"]
    assert labels(menu(RUNS, secret), AnonymousUser()) == []


def test_an_entry_without_a_page_is_left_out(style_pages: Pages) -> None:
    """A project need not mount every room."""
    assert labels(menu(RUNS, NavItem(key="gone", label="Gone", url_name="nowhere:at_all")), ADMIN) == ["Runs"]


def test_two_entries_cannot_have_one_key() -> None:
    """The message names it."""
    with pytest.raises(DuplicateName, match="runs"):
        menu(RUNS, NavItem(key="runs", label="Other", url_name="run"))
