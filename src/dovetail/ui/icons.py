"""The icons: templates that hold one drawing each, so that an application adds or replaces one with a file."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FALLBACK = "plug"


def draw(icon: str) -> SafeString:
    """
    Return the HTML of an icon, hidden from screen readers; the words beside it carry the meaning.

    Args:
        icon: The name of a template in ``dovetail/ui/icons`` without its suffix, or the path of a static picture
            such as ``"shop/logo.png"``. What cannot be found is drawn as a plug, so a page never fails for it.
    """
    if "." in icon:
        return _picture(icon)
    try:
        template = get_template(f"dovetail/ui/icons/{icon}.svg")
    except TemplateDoesNotExist:
        template = get_template(f"dovetail/ui/icons/{FALLBACK}.svg")
    return mark_safe(template.render().strip())  # noqa: S308 -- our drawing or the application's template


def _picture(path: str) -> SafeString:
    try:
        url = staticfiles_storage.url(path)
    except ValueError:  # the manifest storage does not know the file
        return draw(FALLBACK)
    return format_html('<img class="icon" src="{}" alt="" width="16" height="16">', url)
