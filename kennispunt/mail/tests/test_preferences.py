"""Somebody who does not want a kind of mail does not get it, and stopping is one click."""

import pytest

from kennispunt.mail import kinds
from kennispunt.mail.models import MailChoice
from kennispunt.mail.preferences import choose, wants
from kennispunt.mail.send import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register("forum.week", "Deze week op het forum", "Eén mail per week.")
    kinds.register("trainings", "Je trainingen", "Je plek.", why="Je vroeg zelf om een plek.")


@pytest.fixture
def post(template):
    name = template("Onderwerp: Dag\n\nHallo.\n")
    return lambda purpose: send(name, to="Anna@example.org", purpose=purpose)


def path_of(mail):
    return "/mail/" + str(mail.parsed["List-Unsubscribe"]).strip("<>").partition("/mail/")[2]


def test_opening_the_link_changes_nothing_and_one_click_stops(client, post):
    mail = post("forum.week")
    path = path_of(mail)
    assert "anna" not in path.lower()

    assert client.get(path).status_code == 200  # a mail scanner
    assert wants("anna@example.org", "forum.week")

    client.post(
        path, {"List-Unsubscribe": "One-Click"}
    )  # what a mail program sends, without a token
    assert post("forum.week") is None
    assert post("trainings.reminder") is not None

    client.post(path, {"again": "1"})
    assert post("forum.week") is not None


def test_a_mail_that_belongs_to_a_service_cannot_be_stopped(post):
    choose("anna@example.org", "trainings", wanted=False)

    mail = post("trainings.reminder")

    assert mail.parsed["List-Unsubscribe"] is None
    assert "Stop hier" not in mail.text


def test_a_kind_that_is_off_by_itself_is_asked_for(post):
    kinds.register("forum.all", "Elk bericht", "Alles.", default=False)
    assert post("forum.all") is None

    choose("ANNA@example.org", "forum.all", wanted=True)
    assert post("forum.all") is not None


def test_a_made_up_code_stops_nothing(client, post):
    post("forum.week")

    assert client.post("/mail/stoppen/verzonnen/").status_code == 404
    assert MailChoice.objects.get().wanted


def test_my_choices_are_kept_and_what_belongs_says_why(client, make_user):
    client.force_login(make_user("anna"))
    page = client.get("/mijn/mail/").text
    assert "Je vroeg zelf om een plek." in page
    assert 'name="trainings"' not in page

    client.post("/mijn/mail/", {})
    assert not wants("anna@example.org", "forum.week")

    client.post("/mijn/mail/", {"forum.week": "on"})
    assert wants("anna@example.org", "forum.week")
