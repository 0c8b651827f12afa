"""An applicant sees, may and hears the same for a party that we know and for a new one."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.parties.actions import people
from kennispunt.parties.models import Application, Case, Mandate
from kennispunt.parties.tests.make import (
    ENDED,
    FOUNDING,
    apply,
    make_area,
    make_mandate,
    make_party,
)
from kennispunt.trainings.actions import leaving
from kennispunt.trainings.models import Registration
from kennispunt.trainings.tests.make import make_edition, make_theme, sign_up
from kennispunt.trainings.tokens import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

NEW = "Dorpsbelang Lindewaard"
KNOWN = "lokaal hazelmeer"  # as they write it; our register says Lokaal Hazelmeer


@pytest.fixture
def known(carla, lokaal_hazelmeer, anna):
    """A party of which we know people, a second area and a place at a training; two evenings to
    come, of which one is full."""
    lokaal_hazelmeer.areas.add(make_area("GM0114"))
    past = make_edition(days=-20)
    Registration.objects.create(
        edition=past, party=lokaal_hazelmeer, person=carla, state="placed", seat=1,
        signed_up_at=past.starts_at, changed_at=past.starts_at,
    )  # fmt: skip
    make_theme()
    full = make_edition(places=1, days=40)
    sign_up(full, anna)
    return make_edition(), full


def seen(response) -> tuple:
    """Return what an answer says: without the name that was typed, and numbers of rows of ours."""
    text = response.content.decode() if response.status_code != 302 else ""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    text = re.sub(f"{NEW}|{KNOWN}", "NAAM", text)
    text = re.sub(r'(value="|/)\d+(?=["/])', r"\1N", text)
    text = re.sub(r"/plek/[^/]+/", "/plek/T/", text)
    text = re.sub(r"T\d\d:\d\d:\d\d\.\d+Z", "", text)
    return response.status_code, response.get("Location", ""), text


def walk(name, person, editions, outbox, back=()):
    """Everything that somebody who applied for a party of this name comes across."""
    client, before = Client(), len(outbox())
    client.force_login(person)
    apply(client, which="other", party_name=name)
    town = make_area().pk
    said = {"theme": make_theme().pk, "town": town, "people": 2}
    custom = {"town": town, "people": 3, "text": "Debatteren"}
    steps = [("/mijn/", None), ("/mijn/aanmelding/", None), ("/mijn/partij/", None)]
    for edition in editions:
        address = f"{edition.get_absolute_url()}inschrijven/"
        steps += [(address, None), (address, {"who": person.pk}), (address, None)]
    steps += [
        ("/mijn/trainingen/", None),
        ("/trainingen/wens/vraag/", None), ("/trainingen/wens/vraag/", said),
        ("/trainingen/wens/vraag/", None),
        ("/trainingen/wens/maatwerk/", None), ("/trainingen/wens/maatwerk/", custom),
        ("/trainingen/stem/geef/", None), ("/mijn/partij/uitnodigen/", None),
        ("/mijn/partij/openbaar/", None), ("/mijn/partij/bevestig/", {}),
        ("/mijn/partij/vertrek/", None), ("/mijn/gegevens.json", None), *back,
    ]  # fmt: skip
    answers = {}
    for number, (address, typed) in enumerate(steps):
        send = client.get if typed is None else client.post
        answers[number, address] = seen(send(address, *([] if typed is None else [typed])))
    for registration in Registration.objects.live().of(person).order_by("pk"):
        key = "plek", registration.edition_id
        answers[key] = seen(client.get(f"/trainingen/plek/{token_of(registration)}/"))
    answers["mails"] = [
        (mail.to, mail.subject, re.sub(r"/plek/[^/]+/", "/plek/T/", mail.text))
        for mail in outbox()[before:]
        if mail.to == person.email
    ]
    answers["places"] = list(
        Registration.objects.of(person).order_by("pk").values_list(
            "edition", "state", "is_provisional", "comes_last"
        )
    )  # fmt: skip
    return answers


def twice(*args, **kwargs):
    """Make it happen, and then not."""
    with transaction.atomic():
        found = walk(*args, **kwargs)
        transaction.set_rollback(True)
    return found


def test_by_applying_nobody_finds_out_whether_we_know_a_party(known, make_user, outbox):
    fleur = make_user("fleur")

    new = twice(NEW, fleur, known, outbox)
    old = twice(KNOWN, fleur, known, outbox)

    assert old == new
    assert [state[1:3] for state in new["places"]] == [("placed", True), ("waiting", True)]
    assert new["mails"]


@pytest.mark.parametrize("state", ["asked", "founding", "ended", "refounded", "second"])
def test_nor_how_it_stands_with_that_party(
    known, make_user, lokaal_hazelmeer, petra, outbox, state
):
    fleur, party = make_user("fleur"), lokaal_hazelmeer
    if state == "asked":
        later = localdate() + timedelta(days=90)
        Case.objects.create(
            party=party,
            kind="election",
            state="asked",
            due=later,
            question="Waarom?",
            asked_by=petra,
        )
    elif state == "second":
        other = make_user("guus")
        party.mandates.all().delete()
        party.keep(status="applied")
        client = Client()
        client.force_login(other)
        apply(client, which="other", party_name=KNOWN)
        Case.objects.update(due=localdate() + timedelta(days=1))
    else:
        party.keep(**(FOUNDING if state == "founding" else ENDED))
    if state == "refounded":
        new_one = make_party("Verenigd Molenkerk")
        party.successors.create(new=new_one, kind="merged", date=date(2026, 10, 1), source="x")

    assert twice(KNOWN, fleur, known, outbox) == twice(NEW, fleur, known, outbox)


def test_taking_it_back_is_the_same_too(known, make_user, outbox):
    fleur = make_user("fleur")
    back = [
        ("/mijn/aanmelding/intrekken/", None), ("/mijn/aanmelding/intrekken/", {}),
        ("/mijn/partij/", None), ("/mijn/aanmelding/", None), ("/mijn/trainingen/", None),
        ("/mijn/gegevens.json", None),
    ]  # fmt: skip

    new = twice(NEW, fleur, known, outbox, back=back)

    assert twice(KNOWN, fleur, known, outbox, back=back) == new
    assert {place[1] for place in new["places"]} == {"ended"}


def test_provisional_place_takes_nothing_from_the_party_and_is_theirs_once_accepted(
    known, make_user, carla, lokaal_hazelmeer, anna
):
    fleur, (edition, _) = make_user("fleur"), known
    edition.max_per_party = 1
    edition.save()
    client = Client()
    client.force_login(fleur)
    apply(client, which="other", party_name=KNOWN)
    [place] = sign_up(edition, fleur)
    [colleague] = sign_up(edition, carla)  # the party still has all of its places

    people.accept_request(Mandate.objects.of(fleur).get(), by=carla)

    place.refresh_from_db()
    assert (place.state, place.is_provisional) == ("placed", False)
    assert colleague.state == "placed"


def test_what_is_decided_about_the_party_leaves_who_was_not_accepted_as_they_stand(
    known, make_user, lokaal_hazelmeer
):
    fleur, (edition, _) = make_user("fleur"), known
    client = Client()
    client.force_login(fleur)
    apply(client, which="other", party_name=KNOWN)
    [place] = sign_up(edition, fleur)

    lokaal_hazelmeer.keep(**ENDED)
    leaving.party_decided(lokaal_hazelmeer)

    place.refresh_from_db()
    assert (place.state, place.is_provisional) == ("placed", True)
    people.refuse_request(Mandate.objects.of(fleur).get(), reason="Onbekend.")
    place.refresh_from_db()
    assert place.state == "ended"


def test_who_leaves_before_an_answer_takes_back_what_they_sent(make_user, lokaal_hazelmeer, carla):
    fleur = make_user("fleur")
    client = Client()
    client.force_login(fleur)
    apply(client, which="other", party_name=KNOWN)

    client.post("/mijn/partij/vertrek/", {})

    assert Application.objects.of(fleur).get().state == "withdrawn"
    assert not Case.objects.open().exists()


def test_a_party_of_ones_own_comes_before_one_that_only_waits(make_user, lokaal_hazelmeer):
    fleur = make_user("fleur")
    make_mandate(fleur, make_party("Zuidlaar Samen"))
    client = Client()
    client.force_login(fleur)
    apply(client, which="other", party_name="Aa Voor Iedereen")

    assert "Je werkt voor Zuidlaar Samen" in client.get("/mijn/").text
