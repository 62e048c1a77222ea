"""The sign-in link that works once."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dovetail.core.errors import ConfigurationError
from dovetail.hub.sign_in import one_time_path
from dovetail.hub.verbs import user_named

pytestmark = [pytest.mark.django_db, pytest.mark.urls("dovetail.hub.urls")]


@pytest.fixture
def alice() -> User:
    return user_named("alice", is_admin=True)


def test_a_link_signs_its_user_in(client: Client, alice: User) -> None:
    answer = client.get(one_time_path(alice), follow=True)

    assert answer.redirect_chain[-1][0] == "/integrations/"
    assert answer.context["user"] == alice


def test_a_link_works_once(client: Client, alice: User) -> None:
    link = one_time_path(alice)
    client.get(link)
    client.logout()

    answer = client.get(link)

    assert answer.status_code == 403
    assert "cannot be used" in answer.content.decode()
    assert client.get("/integrations/").status_code == 302


def test_a_used_link_leads_who_is_signed_in_to_the_start_page(client: Client, alice: User) -> None:
    link = one_time_path(alice)
    client.get(link)

    assert client.get(link)["Location"] == "/"


def test_one_sign_in_makes_every_earlier_link_invalid(client: Client, alice: User) -> None:
    links = [one_time_path(alice), one_time_path(alice)]
    client.get(links[0])
    client.logout()

    assert client.get(links[1]).status_code == 403


def test_a_link_of_another_user_or_with_another_token_signs_nobody_in(client: Client, alice: User) -> None:
    bob = user_named("bob", is_admin=False)
    *_, name, token, _ = one_time_path(alice).split("/")
    *_, others_name, _, _ = one_time_path(bob).split("/")

    for path in (f"/sign-in/once/{others_name}/{token}/", f"/sign-in/once/{name}/{token}x/", "/sign-in/once/%FF/x/"):
        assert client.get(path).status_code == 403


def test_a_user_who_was_switched_off_cannot_use_a_link(client: Client, alice: User) -> None:
    link = one_time_path(alice)
    User.objects.update(is_active=False)

    assert client.get(link).status_code == 403


def test_a_new_user_has_no_password_and_an_existing_one_keeps_it(alice: User) -> None:
    assert not alice.has_usable_password()
    alice.set_password("kept")
    alice.save()

    assert user_named("alice", is_admin=True).check_password("kept")


def test_an_existing_user_does_not_become_an_administrator_unasked() -> None:
    User.objects.create_user("carol")

    with pytest.raises(ConfigurationError, match="carol exists and is no administrator"):
        user_named("carol", is_admin=True)
