"""Pages that show every part of the look, as real pages would use them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dovetail.core import clock
from dovetail.ui.navigation import NavItem, navigation
from dovetail.ui.progress import Progress

MENU = (
    NavItem(key="style-connections", label="Integrations", url_name="connections", icon="plug", order=1),
    NavItem(key="style-runs", label="Runs", url_name="run", icon="activity", order=2),
    NavItem(key="style-records", label="Records", url_name="records", icon="table", order=3),
    NavItem(key="style-parts", label="Parts", url_name="parts", icon="blocks", order=4),
)


@contextmanager
def style_menu() -> Iterator[None]:
    """Put the style pages into the menu until the block ends."""
    for item in MENU:
        navigation.add(item)
    try:
        yield
    finally:
        for item in MENU:
            navigation.remove(item.key)


class ConnectForm(forms.Form):
    """A form with every kind of field that pages use."""

    name = forms.CharField(help_text="How the connection is called here.")
    address = forms.URLField(
        assume_scheme="https", help_text="Where the machine answers, such as https://coffee.example.com."
    )
    username = forms.CharField()
    password = forms.CharField(widget=forms.PasswordInput, help_text="Kept encrypted and never shown again.")
    region = forms.ChoiceField(choices=[("eu", "Europe"), ("us", "North America")], required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("brews", "Brews"), ("suppliers", "Suppliers")], widget=forms.CheckboxSelectMultiple, required=False
    )
    notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    verify = forms.BooleanField(label="Check the certificate", required=False, help_text="Leave this on.")


class Pages:
    """The views; they keep the state of the run that the run page shows."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.done = 0
        self.total: int | None = 10_000
        self.step = 0
        self.state = "running"
        self.renderings = 0
        self.is_signed_out = False
        self.posts: list[dict[str, str]] = []

    def parts(self, request: HttpRequest) -> HttpResponse:
        messages.success(request, "Connected as barista.")
        messages.error(request, "The machine did not answer within 10 seconds.")
        return self._show(request, "parts", progress=Progress(done=3_400, total=10_000), unknown=Progress(done=1_250))

    def connections(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, "connections")

    def form(self, request: HttpRequest) -> HttpResponse:
        form = ConnectForm(request.POST or None, initial={"name": "Coffee machine", "region": "eu", "verify": True})
        return self._show(request, "form", form=form)

    def run(self, request: HttpRequest) -> HttpResponse:
        if self.is_signed_out:
            return redirect("login")
        self.done = min(self.done + self.step, self.total or self.done + self.step)
        if self.done == self.total:
            self.state = "completed"
        progress = Progress(done=self.done, total=self.total)
        return self._show(request, "run", progress=progress, state=self.state, active=self.state == "running")

    def records(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(range(1, 10_001), 12).get_page(request.GET.get("page"))
        return self._show(request, "records", page=page)

    def problem(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            self.posts.append(request.POST.dict())
        return self._show(request, "problem")

    def broken(self, request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    def empty(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, "empty")

    def confirm(self, request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {
            "title": "Remove Coffee machine?",
            "text": "The connection and what belongs to it will be removed.",
            "facts": ["10,000 brews stay, but are no longer kept in sync.", "3 open problems are removed."],
            "cancel_url": "/connections/",
        }
        request.user = _anna()
        return render(request, "dovetail/ui/confirm.html", context)

    def _show(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        self.renderings += 1
        request.user = _anna()
        now = clock.now()
        moments = {"earlier": now - timedelta(minutes=5), "later": now + timedelta(seconds=42), "now": now}
        return render(request, f"ui/{name}.html", moments | context)


def strict_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that lets pages load nothing but files of this site."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = "default-src 'self'"
        return response

    return respond


def _anna() -> User:
    return User(username="anna", is_staff=True, is_superuser=True)


pages = Pages()
