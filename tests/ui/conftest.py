"""The style pages, served."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from pytest_django import Settings

from tests.ui.pages import Pages, pages, style_menu


@pytest.fixture
def style_pages(settings: Settings) -> Iterator[Pages]:
    """Serve the style pages, with their menu, under a strict content security policy; they need no database."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    django_only = [path for path in settings.MIDDLEWARE if path.startswith("django.")]
    settings.MIDDLEWARE = ["tests.ui.pages.strict_policy", *django_only]
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    pages.reset()
    with style_menu():
        yield pages


@pytest.fixture
def site(style_pages: Pages) -> Iterator[str]:
    """Serve the style pages over HTTP; return their address."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()
    thread.join()
