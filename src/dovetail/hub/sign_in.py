"""The sign-in link that works once."""

from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode


class SignInTokens(PasswordResetTokenGenerator):
    """
    Tokens that end with their first use.

    Django's tokens hold the time of the last sign-in, so a sign-in makes all earlier ones invalid; they also
    expire after ``PASSWORD_RESET_TIMEOUT`` seconds.
    """

    key_salt = "dovetail.hub.sign_in"


tokens = SignInTokens()


def one_time_path(user: User) -> str:
    """Return the path that signs this user in, once."""
    name = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("sign-in-once", args=[name, tokens.make_token(user)])


def sign_in_once(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """Sign the link's user in, or say that the link is used up; who is in already needs it no more."""
    user = _user(name)
    if user is not None and user == request.user:
        return redirect("home")
    if user is None or not user.is_active or not tokens.check_token(user, token):
        return render(request, "dovetail/hub/link_used.html", status=403)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


def _user(name: str) -> User | None:
    try:
        pk = urlsafe_base64_decode(name).decode()
        return get_user_model()._default_manager.filter(pk=pk).first()
    except ValueError:
        return None
