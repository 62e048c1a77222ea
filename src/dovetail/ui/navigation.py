"""What stands in the menu of every page; rooms and applications add to it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise

from dovetail.core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of the menu."""

    key: str
    """Names the entry, such as ``"integrations"``."""
    label: str | Promise
    """What people read."""
    url_name: str
    """The page, as in ``{% url %}``. An entry whose page is not in the URLs is left out."""
    icon: str = "circle-dashed"
    """The name of an icon."""
    permission: str = ""
    """Who sees it, such as ``"shop.view_order"``; empty: everyone who is signed in."""
    order: int = 100
    """Lower numbers stand first."""

    def url(self) -> str | None:
        """Return the page's path, or None when the project has no such page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return None


@dataclass(frozen=True, kw_only=True)
class NavLink:
    """An entry as one person sees it on one page."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool


class Navigation:
    """The entries of the menu."""

    def __init__(self) -> None:
        self._items: Registry[NavItem] = Registry("menu entry")

    def add(self, item: NavItem) -> NavItem:
        """
        Add an entry.

        Raises:
            DuplicateName: another entry has this key.
        """
        return self._items.add(item.key, item)

    def remove(self, key: str) -> NavItem:
        """Take an entry out and return it; UnknownName if there is none with this key."""
        return self._items.remove(key)

    def links(self, request: HttpRequest) -> list[NavLink]:
        """List what the request's user may see; the entry that the page belongs to is the current one."""
        urls = {item.key: url for item in self._visible_items(request) if (url := item.url())}
        current = max((url for url in urls.values() if _is_above(url, request.path)), key=len, default=None)
        return [
            NavLink(label=item.label, icon=item.icon, url=urls[item.key], is_current=urls[item.key] == current)
            for item in self._visible_items(request)
            if item.key in urls
        ]

    def _visible_items(self, request: HttpRequest) -> list[NavItem]:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        items = sorted(self._items, key=lambda item: item.order)
        return [item for item in items if not item.permission or user.has_perm(item.permission)]


def _is_above(url: str, path: str) -> bool:
    return path == url or (url != get_script_prefix() and path.startswith(url))


navigation = Navigation()
