"""Signing in with a mailed code; what nobody can find out or guess is in test_guessing.py."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kennispunt.accounts.models import User
from kennispunt.mail.delivery import deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def ask_code(client, email):
    return client.post("/account/login/", {"login": email, "password": ""})


def code_in(mail):
    [code] = re.findall(r"^([A-Z0-9-]{6,9})$", mail.text, re.MULTILINE)
    return code


def sign_in(client, email, outbox):
    ask_code(client, email)
    return client.post("/account/login/code/confirm/", {"code": code_in(outbox()[-1])})


def test_a_mailed_code_signs_in(client, make_user, outbox):
    make_user("anna")

    response = sign_in(client, "Anna@Example.org", outbox)

    assert response.url == "/mijn/"
    assert "anna@example.org" in client.get("/mijn/").text


def test_a_new_person_signs_up_with_an_address_and_a_code(client, outbox):
    client.post("/account/signup/", {"email": "New@example.org"})
    assert client.get("/mijn/").status_code == 302  # not before the code

    client.post("/account/confirm-email/", {"code": code_in(outbox()[-1])})

    assert client.get("/mijn/").status_code == 200
    assert not User.objects.get(email="new@example.org").has_usable_password()


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("/account/login/", "login", "een link om er een te maken"),
        ("/account/signup/", "email", "Dan staat in de mail hoe je inlogt"),
    ],
)
@pytest.mark.parametrize("email", ["anna@example.org", "new@example.org"])
def test_the_page_that_asks_a_code_also_tells_of_the_mail_without_one(
    client, make_user, address, field, words, email
):
    make_user("anna")
    page = client.post(address, {field: email}, follow=True).text
    assert "Vul je code in" in page and words in page


def test_the_mail_to_an_unknown_address_leads_on_to_where_one_was_going(client, db, outbox):
    onward = "/partijen/aanmelden/gebied/"

    client.post("/account/login/", {"login": "new@example.org", "next": onward})

    [link] = re.findall(r"http\S+/account/signup/\S*", outbox()[-1].text)
    assert parse_qs(urlsplit(link).query) == {"next": [onward]}
    assert onward in client.get(f"{urlsplit(link).path}?{urlsplit(link).query}").text


def test_that_mail_leads_nowhere_else(client, db, outbox):
    client.post("/account/login/", {"login": "new@example.org", "next": "https://elders.example/"})

    assert "elders" not in outbox()[-1].text


def test_a_password_signs_in_for_who_has_one(client, make_user, outbox):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)
    typed = {"login": "anna@example.org", "password": "kennispunt"}

    assert Client().post("/account/login/", typed).url == "/mijn/"


@pytest.mark.thorough
def test_asking_codes_without_end_is_refused(client, make_user, outbox):
    make_user("anna")

    for _ in range(1000):
        ask_code(Client(), "anna@example.org")

    assert len(outbox()) < 30


def test_my_other_session_is_shown_and_can_be_ended(client, make_user, outbox):
    make_user("anna")
    other = Client(headers={"user-agent": "Telefoon"})
    sign_in(other, "anna@example.org", outbox)
    sign_in(client, "anna@example.org", outbox)
    assert "Telefoon" in client.get("/account/sessions/").text

    client.post("/account/sessions/")

    assert other.get("/mijn/").status_code == 302
    assert client.get("/mijn/").status_code == 200
    assert UserSession.objects.count() == 1


def test_no_mail_names_more_than_its_purpose(client, make_user, outbox):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)

    assert outbox()[0].subject == "Je code om in te loggen"
    assert code_in(outbox()[0]) not in outbox()[0].subject


# --- The back office ----------------------------------------------------------------------------


def test_the_back_office_sends_a_visitor_to_our_own_login(client):
    assert client.get("/beheer/").url == "/account/login/?next=/beheer/"
    assert client.get("/beheer/login/?next=/beheer/").url == "/account/login/?next=/beheer/"


@pytest.mark.parametrize("who", [{"group": "Editors"}, {"superuser": True}])
def test_staff_enters_the_back_office_with_a_second_factor_only(client, make_user, who):
    client.force_login(make_user("eva", **who, second_factor=False))
    assert client.get("/beheer/").url == "/account/2fa/"

    client.force_login(make_user("petra", **who))
    assert client.get("/beheer/").status_code == 200


def test_an_account_alone_does_not_open_the_back_office(client, make_user):
    client.force_login(make_user("anna"))

    assert client.get("/beheer/").status_code == 403


def test_staff_is_asked_for_the_second_factor_when_signing_in(client, make_user, outbox):
    make_user("eva", group="Editors")

    response = sign_in(client, "eva@example.org", outbox)

    assert response.url == "/account/2fa/authenticate/"
    page = client.get(response.url).text
    assert "Open de app" in page
    assert "Gebruik je passkey" not in page  # she has none
    assert 'placeholder="Code"' not in page
    assert client.get("/beheer/").status_code == 302


# --- The screens --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/mijn/", "/account/2fa/", "/account/sessions/", "/account/email/", "/account/logout/",
        "/account/password/set/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
    ],
)  # fmt: skip
def test_every_screen_of_mine_opens_in_our_look_without_anything_inline(
    client, make_user, outbox, address
):
    user = make_user("anna")
    user.set_unusable_password()
    user.save()
    sign_in(client, "anna@example.org", outbox)

    response = client.get(address)

    assert response.status_code == 200
    assert 'class="masthead"' in response.text
    assert (
        address == "/mijn/" or '<a href="/mijn/">Mijn account</a>' in response.text
    )  # the way back
    for script in re.findall(r"<script[^>]*>", response.text):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r"\s(style|onclick|onload)=", response.text)


# --- The mails ------------------------------------------------------------------------------------


def test_a_code_goes_before_other_mail_and_is_wiped_when_it_stops_working(
    client, make_user, outbox
):
    make_user("anna")
    ask_code(client, "anna@example.org")

    [mail] = outbox()
    assert mail.urgent
    assert mail.expires_at - mail.created_at < timedelta(minutes=11)
    deliver_due(lambda: timezone.now())
    deliver_due(lambda: timezone.now() + timedelta(minutes=11))
    assert outbox()[0].text == ""


def test_who_changes_a_way_to_sign_in_is_told(client, make_user, outbox):
    user = make_user("anna")
    user.set_unusable_password()
    user.save()
    sign_in(client, "anna@example.org", outbox)

    client.post(
        "/account/password/set/",
        {"password1": "vijf paarse fietsen", "password2": "vijf paarse fietsen"},
    )

    mail = outbox()[-1]
    assert (mail.subject, mail.to) == ("Je hebt nu een wachtwoord", "anna@example.org")
    assert "/account/sessions/" in mail.text


@pytest.mark.parametrize(
    ("page", "field"),
    [("signup", "email"), ("login", "login"), ("password/reset", "email"), ("email", "email")],
)
def test_an_address_that_is_too_long_is_said_in_words(client, make_user, outbox, page, field):
    if page == "email":
        make_user("anna")
        sign_in(client, "anna@example.org", outbox)
    before = len(outbox())
    answer = client.post(
        f"/account/{page}/", {field: f"{'x' * 260}@example.org", "action_add": "1"}
    )

    assert "Dit is te lang voor een mailadres" in answer.text
    assert len(outbox()) == before


def test_the_field_for_a_code_has_one_label(client, make_user):
    make_user("anna")
    page = client.post("/account/login/", {"login": "anna@example.org"}, follow=True).text

    assert 'autocomplete="one-time-code"' in page
    assert 'placeholder="Code"' not in page
