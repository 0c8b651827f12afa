"""A code mailed to the public address of a party, and passed on by who reads it there."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kennispunt.elections.tests.make import make_result
from kennispunt.parties.models import Application, Case, Evidence, ProofCode
from kennispunt.parties.tests.make import apply, make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def fleur(make_user, client):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 3})
    user = make_user("fleur")
    client.force_login(user)
    apply(client)
    return user


@pytest.fixture
def code(fleur, petra, outbox):
    """The code that Petra had mailed."""
    desk = Client()
    desk.force_login(petra)
    address = f"/balie/partijen/aanmelding/{Application.objects.get().pk}/code/"
    desk.post(address, {"code-address": "bestuur@lindewaard.example"})
    mail = outbox()[-1]
    assert mail.to == "bestuur@lindewaard.example"
    assert "Lindewaard" not in mail.subject + mail.text
    return re.search(r"^([A-Z0-9]{8})$", mail.text, re.MULTILINE)[1]


def test_the_code_that_was_passed_on_is_evidence_about_the_person(client, fleur, code, petra):
    client.post("/mijn/aanmelding/", {"code": code.lower()})

    seen = Evidence.objects.get(kind="public_mail")
    assert (seen.person, seen.checked_by) == (fleur, petra)
    assert "We mailden een code" not in client.get("/mijn/aanmelding/").text
    desk = Client()
    desk.force_login(petra)
    assert "Code ingevuld" in desk.get(f"/balie/partijen/{Case.objects.get().pk}/").text


def test_a_code_is_not_guessed(client, fleur, code):
    for _ in range(5):
        response = client.post("/mijn/aanmelding/", {"code": "WRONGONE"})
    assert "klopt niet" in response.text

    client.post("/mijn/aanmelding/", {"code": code})

    assert not Evidence.objects.filter(kind="public_mail").exists()


def test_a_code_works_once_and_for_a_while(client, fleur, code):
    ProofCode.objects.update(sent_at=ProofCode.objects.get().sent_at - timedelta(days=15))
    client.post("/mijn/aanmelding/", {"code": code})
    assert not Evidence.objects.filter(kind="public_mail").exists()


def test_the_code_of_one_does_nothing_for_another(client, fleur, code, make_user):
    other = Client()
    other.force_login(make_user("guus"))
    apply(other)

    other.post("/mijn/aanmelding/", {"code": code})

    assert not Evidence.objects.filter(kind="public_mail").exists()


def test_only_who_decides_mails_a_code(client, fleur, maud, anna):
    address = f"/balie/partijen/aanmelding/{Application.objects.get().pk}/code/"
    for person in (maud, anna):
        client.force_login(person)
        assert client.post(address, {"code-address": "x@example.org"}).status_code == 403
