"""Tags that every page uses: ``{% load dovetail_ui %}``."""

from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from dovetail.core import clock
from dovetail.ui import icons, moments
from dovetail.ui.navigation import NavLink, navigation
from dovetail.ui.progress import Progress, grouped
from dovetail.ui.states import look_of

register = template.Library()
register.filter("grouped", grouped)
NOTHING: SafeString = mark_safe('<span class="faint">–</span>')


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon: ``{% icon "plug" %}``, or a static picture by its path."""
    return icons.draw(name)


@register.simple_tag
def badge(state: str, label: object = "") -> SafeString:
    """Tell a state by word and colour: ``{% badge run.state %}``, or ``{% badge "warning" "Almost full" %}``."""
    look = look_of(state)
    return format_html('<span class="badge badge-{}">{}</span>', look.tone.value, label or look.label)


@register.simple_tag
def number(value: float | None) -> str | SafeString:
    """Write a number with separators: ``10,000``; a dash for None."""
    return NOTHING if value is None else grouped(value)


@register.simple_tag
def time_ago(moment: datetime | None) -> SafeString:
    """Say how long ago or how soon a moment is, with the exact time as the title; a dash for None."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment)
    exact = f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"
    words = moments.relative(moment, clock.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, words)


@register.simple_tag(takes_context=True)
def navigation_links(context: Context) -> list[NavLink]:
    """List the menu for this page: ``{% navigation_links as links %}``."""
    request = context.get("request")
    return [] if request is None else navigation.links(request)


@register.simple_tag(takes_context=True)
def refresh_attributes(
    context: Context, element_id: str, url: str = "", seconds: float = 1, active: bool = True
) -> SafeString:
    """
    Write the attributes of an element that renews itself from its own page while ``active``.

    The page at ``url`` (this one, when empty) is fetched, its element with the same id is merged into this one, and
    focus, selection and scrolling stay. When the new element is no longer active, it asks no more.
    """
    name = format_html('id="{}"', element_id)
    if not active:
        return name
    source = url or context["request"].get_full_path()
    return format_html(
        '{} hx-get="{}" hx-trigger="every {}ms" hx-select="#{}" hx-swap="outerMorph" hx-sync="this:drop"',
        name,
        source,
        int(seconds * 1000),
        element_id,
    )


@register.inclusion_tag("dovetail/ui/refresh.html")
def refresh_without_script(active: bool = True, seconds: int = 3) -> dict[str, Any]:
    """Reload the page while ``active`` for people without JavaScript; stands in the block ``head``."""
    return {"active": active, "seconds": seconds}


@register.inclusion_tag("dovetail/ui/progress.html")
def progress_bar(progress: Progress, label: str = "") -> dict[str, Any]:
    """Show how far something got; ``label`` says what, for screen readers."""
    return {"progress": progress, "label": label}


@register.inclusion_tag("dovetail/ui/empty_state.html")
def empty_state(icon: str, title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Say that nothing is here yet and what to do next."""
    return {"icon": icon, "title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("dovetail/ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Link the pages of a ``django.core.paginator.Page``; the other query parameters stay."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "query": context["request"].GET}


@register.inclusion_tag("dovetail/ui/field.html")
def field(bound_field: BoundField, autofocus: bool = False) -> dict[str, Any]:
    """Show a form field with its label, help and errors, tied together for screen readers."""
    attrs: dict[str, str | bool] = {"autofocus": True} if autofocus else {}
    return {
        "field": bound_field,
        "widget": bound_field.as_widget(attrs=attrs),
        "is_checkbox": isinstance(bound_field.field.widget, CheckboxInput),
        "is_optional": not bound_field.field.required and not isinstance(bound_field.field.widget, CheckboxInput),
    }


@register.inclusion_tag("dovetail/ui/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """Show all fields of a form; the first one with an error has the focus."""
    first_error = next((bound.name for bound in form.visible_fields() if bound.errors), None)
    return {"form": form, "first_error": first_error}
