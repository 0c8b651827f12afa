"""What a session that is open somewhere lets one do, for how long, and what stays behind of it."""

import logging
import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from kennispunt.accounts.middleware import SIGNED_IN_AT, WORKING_DAY
from kennispunt.accounts.tests.test_sign_in import ask_code, sign_in
from kennispunt.accounts.who_you_are import KEYS
from kennispunt.ui.origin import comes_from_us

pytestmark = pytest.mark.django_db

ARGS = {"mfa_remove_webauthn": [1]}


@pytest.fixture
def old_session(client, make_user):
    """Anna signed in before, with a mailed code alone; she has no password."""
    anna = make_user("anna")
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    return client


# --- The keys of an account -----------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(KEYS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_session_does_not_give_an_account_away(old_session, key, method):
    address = reverse(key, args=ARGS.get(key))

    assert getattr(old_session, method)(address).url == f"/account/login/?next={address}"


def test_an_old_session_does_not_change_the_address(old_session, outbox, make_user):
    new = {"email": "dief@example.org", "action_add": ""}

    old_session.post("/account/email/", new)

    assert outbox() == []
    assert old_session.get("/mijn/").status_code == 302  # signed out here


def test_who_has_a_password_is_asked_for_it(client, make_user):
    client.force_login(make_user("anna"))

    assert client.get("/account/email/").url.startswith("/account/reauthenticate/?next=")


def test_who_just_signed_in_is_not_asked_again(client, make_user, outbox):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)

    assert client.get("/account/email/").status_code == 200


# --- The accounts of others -----------------------------------------------------------------------


def test_an_old_session_of_staff_changes_no_account(client, make_user):
    anna = make_user("anna")
    client.force_login(make_user("petra", superuser=True))
    address = reverse("wagtailusers_users:edit", args=[anna.pk])
    typed = {"email": "dief@example.org", "name": "Anna", "is_active": "on"}
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])

    for other in (
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:delete", args=[anna.pk]),
        reverse("wagtailusers_groups:add"),
        f"{bulk}?id={anna.pk}&next=/beheer/",
        address,
    ):
        assert client.post(other, typed).url.startswith("/account/reauthenticate/?next=%2Fbeheer")
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"

    answer = client.post(
        f"/account/reauthenticate/?next={address}", {"password": "kennispunt", "next": address}
    )
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert anna.email == "dief@example.org"  # who showed who they are, may


def test_who_may_change_no_account_is_not_asked_who_they_are(client, petra):
    client.force_login(petra)

    assert client.get(reverse("wagtailusers_users:add")).url == "/beheer/"


# --- How long -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "goes_on"), [("Trainers", False), ("Editors", False), ("", True)]
)
def test_staff_signs_in_again_after_a_working_day(client, make_user, group, goes_on):
    client.force_login(make_user("tess", group=group or None))
    assert client.get("/mijn/").status_code == 200
    session = client.session
    session[SIGNED_IN_AT] = time.time() - WORKING_DAY - 1
    session.save()

    assert (client.get("/mijn/").status_code == 200) is goes_on


def test_a_session_of_which_nothing_is_known_is_too_old_for_staff(client, make_user):
    client.force_login(make_user("tess", group="Trainers"))
    session = client.session
    del session[SIGNED_IN_AT]
    session.save()

    assert client.get("/balie/").url == "/account/login/?next=/balie/"


# --- What stays behind ----------------------------------------------------------------------------

OPEN_TO_ALL = ["/", "/trainingen/", "/partijen/", "/over/"]
OF_AN_ACCOUNT = ["/mijn/", "/account/email/", "/account/sessions/", "/account/2fa/", "/mijn/mail/"]


@pytest.mark.parametrize("address", [*OPEN_TO_ALL, *OF_AN_ACCOUNT])
def test_a_browser_keeps_nothing_of_who_is_signed_in(client, make_user, outbox, address):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)

    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/account/login/", "/account/signup/", "/account/password/reset/"]
)
def test_a_browser_keeps_no_page_on_which_one_signs_in(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_page_for_everyone_may_be_kept(client):
    assert "no-store" not in client.get("/over/").get("Cache-Control", "")


# --- The log --------------------------------------------------------------------------------------


def test_every_way_in_is_in_the_log_by_number(make_user, outbox, caplog):
    caplog.set_level(logging.INFO, "kennispunt.accounts")
    anna = make_user("anna")
    client, other = Client(), Client()
    ask_code(client, anna.email)
    client.post("/account/login/code/confirm/", {"code": "AAAAAA"})
    sign_in(client, anna.email, outbox)
    client.post("/account/logout/")
    other.post("/account/login/", {"login": anna.email, "password": "niet-goed-zo"})
    other.post("/account/login/", {"login": "wie@example.org", "password": "niet-goed-zo"})
    said = [record.getMessage() for record in caplog.records if "accounts" in record.name]

    assert f"signed in: account {anna.pk}" in said
    assert f"signed out: account {anna.pk}" in said
    assert f"password refused: account {anna.pk}" in said
    assert "password refused: an unknown account" in said
    assert any(line.startswith("code refused") for line in said)
    assert "@" not in caplog.text and "Anna" not in caplog.text and "niet-goed" not in caplog.text


# --- Small measures -------------------------------------------------------------------------------


def test_a_password_has_twelve_signs():
    with pytest.raises(ValidationError):
        validate_password("paarse-fi-1")
    validate_password("paarse-fi-12")


def test_a_mailed_code_works_ten_minutes(client, make_user, outbox):
    make_user("anna")
    ask_code(client, "anna@example.org")

    [mail] = outbox()
    assert (mail.expires_at - mail.created_at).total_seconds() < 10 * 60 + 30
    assert "tien minuten" in mail.text


@pytest.mark.parametrize(
    ("secure", "origin", "ours"),
    [
        (True, "https://testserver", True),
        (True, "http://testserver", False),
        (False, "http://testserver", True),
        (True, "https://testserver.example", False),
        (True, "null", False),
        (True, "http://[", False),
    ],
)
def test_a_form_of_http_is_not_ours_on_https(secure, origin, ours):
    request = RequestFactory().post("/reactie/", secure=secure, HTTP_ORIGIN=origin)

    assert comes_from_us(request) is ours
