"""The pages that this room brings along."""

import pytest
from django.test import Client

from tests.ui.dom import Dom, text
from tests.ui.pages import Pages

PATHS = ["/", "/connections/", "/form/", "/run/", "/records/", "/problem/", "/empty/", "/confirm/", "/sign-in/"]


@pytest.mark.parametrize("path", [*PATHS, "/nowhere/"])
def test_a_page_has_one_heading_a_language_and_a_title(style_pages: Pages, client: Client, path: str) -> None:
    """What a screen reader asks first."""
    dom = Dom(client.get(path).content)

    assert text(dom.one(".//main//h1"))
    assert dom.one("./html").attrib["lang"]
    assert text(dom.one("./html/head/title")).endswith(" · Dovetail")


@pytest.mark.parametrize("path", PATHS)
def test_ids_are_unique_and_labels_meet_their_fields(style_pages: Pages, client: Client, path: str) -> None:
    """References within a page lead somewhere, and to one place."""
    dom = Dom(client.get(path).content)
    ids = dom.attributes("id")

    assert len(ids) == len(set(ids))
    assert {*dom.attributes("for"), *dom.attributes("aria-labelledby")} <= set(ids)


def test_signing_out_is_a_form(style_pages: Pages, client: Client) -> None:
    """A link could be followed by a robot."""
    form = Dom(client.get("/empty/").content).one(".//details//form")

    assert (form.attrib["method"], form.attrib["action"]) == ("post", "/sign-out/")
    assert form.find(".//*[@name='csrfmiddlewaretoken']") is not None


def test_a_confirmation_tells_the_facts_and_works_without_script(style_pages: Pages, client: Client) -> None:
    """A form that sends to its own page, and a way back."""
    dom = Dom(client.get("/confirm/").content)

    assert len(dom.all(".//main//li")) == 2
    assert text(dom.one(".//main//form[@method='post']//button")) == "Remove"
    assert dom.one(".//main//form//a").attrib["href"] == "/connections/"


def test_a_missing_page_says_so_with_the_right_status(style_pages: Pages, client: Client) -> None:
    """And leads back to the start."""
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_failed_page_needs_no_database(style_pages: Pages, client: Client) -> None:
    """The database may be what failed; this test has none."""
    client.raise_request_exception = False
    response = client.get("/broken/")

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
