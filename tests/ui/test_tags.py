"""What the template tags write."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from dovetail.core.clock import use_clock
from dovetail.ui.progress import Progress
from dovetail.ui.states import Tone, look_of
from tests.ui.dom import Dom, text
from tests.ui.pages import ConnectForm

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class StoppedClock:
    """Shows one moment."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0

    def sleep(self, seconds: float) -> None:
        raise AssertionError


def render(source: str, **context: Any) -> str:
    """Render a template that has the tags loaded."""
    return Template("{% load dovetail_ui %}" + source).render(Context(context)).strip()


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers() -> None:
    """No request, and no double reading."""
    html = render('{% icon "plug" %}')

    assert html.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in html


def test_an_icon_that_nobody_drew_is_a_plug() -> None:
    """A mistyped name of an integration breaks no page."""
    assert render('{% icon "no-such-icon" %}') == render('{% icon "plug" %}')


def test_a_picture_of_an_application_is_an_icon_too() -> None:
    """An integration names a static file."""
    assert 'src="/static/shop/logo.png"' in render('{% icon "shop/logo.png" %}')


def test_a_badge_tells_the_state_by_word_and_colour() -> None:
    """Colour alone says nothing to who cannot see it."""
    assert render('{% badge "needs_reconnect" %}') == '<span class="badge badge-bad">Reconnect needed</span>'


def test_a_badge_escapes_its_words() -> None:
    """Labels may come from outside."""
    assert "&lt;b&gt;" in render('{% badge "warning" label %}', label="<b>")


def test_states_are_known_in_any_case() -> None:
    """Django's task states are in capitals."""
    assert look_of("FAILED").tone is Tone.BAD


def test_numbers_are_grouped_as_the_language_does() -> None:
    """10,000 in English, 10.000 in German."""
    assert render("{% number 10000 %}") == "10,000"
    with translation.override("de"):
        assert render("{% number 10000 %}") == "10.000"
        assert render("{{ 10000|grouped }}") == "10.000"


def test_a_missing_number_or_time_is_a_dash() -> None:
    """None is not zero."""
    assert "–" in render("{% number None %}")
    assert "–" in render("{% time_ago None %}")


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(seconds=-3), "just now"),
        (timedelta(seconds=-30), "30 seconds ago"),
        (timedelta(minutes=-5), "5\xa0minutes ago"),
        (timedelta(seconds=1), "in 1 second"),
        (timedelta(hours=2), "in 2\xa0hours"),
    ],
)
def test_a_moment_is_told_by_its_distance(distance: timedelta, words: str) -> None:
    """With the exact time for machines and as the title."""
    with use_clock(StoppedClock()):
        html = render("{% time_ago moment %}", moment=NOW + distance)

    assert f">{words}</time>" in html
    assert f'datetime="{(NOW + distance).isoformat()}"' in html


@pytest.mark.parametrize(
    ("progress", "percent", "text"),
    [
        (Progress(done=3_400, total=10_000), 34, "3,400 of 10,000"),
        (Progress(done=9_999, total=10_000), 99, "9,999 of 10,000"),
        (Progress(done=12, total=10), 100, "12 of 10"),
        (Progress(done=0, total=0), 100, "0 of 0"),
        (Progress(done=7), None, "7"),
    ],
)
def test_progress_is_told_in_percent_and_words(progress: Progress, percent: int | None, text: str) -> None:
    """100 means done, not nearly."""
    assert (progress.percent, progress.text) == (percent, text)


def test_a_bar_of_unknown_length_has_no_value() -> None:
    """The browser then shows that something moves."""
    assert "value=" not in render("{% progress_bar progress %}", progress=Progress(done=7))
    assert 'value="34"' in render("{% progress_bar progress %}", progress=Progress(done=34, total=100))


def test_help_and_errors_belong_to_their_field() -> None:
    """A screen reader reads them with it; the first wrong field has the focus."""
    dom = Dom(render("{% form_fields form %}", form=ConnectForm({"name": "Mine"})))
    address = dom.one(".//*[@name='address']")
    described = [text(dom.one(f".//*[@id='{name}']")) for name in address.attrib["aria-describedby"].split()]

    assert described[0].startswith("Where the machine answers")
    assert described[1] == "This field is required."
    assert address.attrib["aria-invalid"] == "true"
    assert [field.attrib["name"] for field in dom.all(".//*[@autofocus]")] == ["address"]


def test_every_field_has_a_label() -> None:
    """By for and id, or by a legend."""
    dom = Dom(render("{% form_fields form %}", form=ConnectForm()))
    fields = [field for kind in ("input", "select", "textarea") for field in dom.all(f".//{kind}")]

    assert {field.attrib["id"] for field in fields} == set(dom.attributes("for"))
    assert text(dom.one(".//legend")) == "Kinds optional"


def test_errors_of_the_whole_form_stand_above_it() -> None:
    """They are announced."""
    form = forms.Form({})
    form.add_error(None, "The machine is busy.")

    assert re.search(r'role="alert".*The machine is busy', render("{% form_fields form %}", form=form), re.DOTALL)


def test_links_to_pages_keep_the_search() -> None:
    """Going on must not forget what was looked for."""
    request = RequestFactory().get("/brews/", {"q": "lungo", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    dom = Dom(render("{% pagination page %}", page=page, request=request))

    assert "?q=lungo&page=3" in dom.attributes("href")
    assert text(dom.one(".//*[@aria-current='page']")) == "2"


def test_one_page_needs_no_links() -> None:
    """Nothing to choose, nothing to show."""
    request = RequestFactory().get("/brews/")

    assert render("{% pagination page %}", page=Paginator([1], 10).page(1), request=request) == ""


def test_an_element_refreshes_itself_only_while_something_happens() -> None:
    """Afterwards it is an element like any other."""
    request = RequestFactory().get("/run/", {"tab": "problems"})
    active = render('<p {% refresh_attributes "run" seconds=2 %}>', request=request)

    assert 'hx-get="/run/?tab=problems"' in active
    assert 'hx-trigger="every 2000ms"' in active
    assert render('<p {% refresh_attributes "run" active=False %}>', request=request) == '<p id="run">'


def test_the_page_reloads_where_there_is_no_script() -> None:
    """Only while something happens."""
    assert "<noscript>" in render("{% refresh_without_script %}")
    assert render("{% refresh_without_script active=False %}") == ""
