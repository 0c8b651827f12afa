"""A code mailed to the public address of a party, and passed on by who reads it there."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kennispunt.elections.tests.make import make_result
from kennispunt.parties.models import Application, Case, Evidence, Mandate, ProofCode
from kennispunt.parties.tests.make import ANSWERS, apply, make_area

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


@pytest.fixture
def shown(asser_kring):
    """A party that is in, and shows its own address in the register."""
    asser_kring.public_email, asser_kring.is_shown = "bestuur@asserkring.example", True
    asser_kring.save()
    return asser_kring


@pytest.fixture
def guus(make_user, client, shown):
    """Somebody who came from the page of the party and asked to join it."""
    user = make_user("guus")
    client.force_login(user)
    join = f"/partijen/partij/{shown.key}/meedoen/"
    assert join in client.get(f"/partijen/partij/{shown.key}/").text
    assert client.post(join).url.endswith("/wie/")
    for step in ("wie", "verklaring", "controle", "versturen"):
        client.post(f"/partijen/aanmelden/{step}/", ANSWERS[step])
    return user


def test_who_joins_has_a_code_mailed_to_the_published_address(client, guus, anna, petra, outbox):
    assert "bestuur@asserkring.example" in client.get("/mijn/aanmelding/").text
    client.post("/mijn/aanmelding/code/")
    mail = outbox()[-1]
    assert mail.to == "bestuur@asserkring.example"
    assert "Guus" not in mail.text
    code = re.search(r"^([A-Z0-9]{8})$", mail.text, re.MULTILINE)[1]

    client.post("/mijn/aanmelding/", {"code": code})

    assert Evidence.objects.get(kind="public_mail").person == guus
    asked = Mandate.objects.get(person=guus)
    assert asked.accepted_on is None  # a person says yes
    assert client.get("/mijn/gegevens.json").json()["partijen"]["codes"][0]["used_at"]
    manager, desk = Client(), Client()
    manager.force_login(anna)
    desk.force_login(petra)
    assert "Vulde de code in" in manager.get("/mijn/partij/").text
    assert "Code ingevuld" in desk.get(f"/balie/partijen/persoon/{asked.pk}/").text


def test_no_party_is_flooded_with_codes(client, guus, make_user, shown, outbox):
    for _ in range(2):
        client.post("/mijn/aanmelding/code/")
    client.post("/mijn/aanmelding/intrekken/")
    for name in ("piet", "joke", "karin"):
        other = Client()
        other.force_login(make_user(name))
        other.post(f"/partijen/partij/{shown.key}/meedoen/")
        for step in ("wie", "verklaring", "controle", "versturen"):
            other.post(f"/partijen/aanmelden/{step}/", ANSWERS[step])
        other.post("/mijn/aanmelding/code/")

    assert [mail.to for mail in outbox()].count("bestuur@asserkring.example") == 3


def test_a_party_that_shows_no_address_gets_no_code(client, guus, shown, outbox):
    shown.is_shown = False
    shown.save()
    sent = len(outbox())

    client.post("/mijn/aanmelding/code/")

    assert "Mail de code" not in client.get("/mijn/aanmelding/").text
    assert len(outbox()) == sent
    assert client.get(f"/partijen/partij/{shown.key}/meedoen/").status_code == 404


def test_who_sent_nothing_asks_for_no_code(client, anna):
    client.force_login(anna)

    assert client.post("/mijn/aanmelding/code/").status_code == 404


def test_only_who_decides_mails_a_code(client, fleur, maud, anna):
    address = f"/balie/partijen/aanmelding/{Application.objects.get().pk}/code/"
    for person in (maud, anna):
        client.force_login(person)
        assert client.post(address, {"code-address": "x@example.org"}).status_code == 403
