"""Two who applied with the same name are strangers, until somebody says who speaks for the party."""

import pytest
from django.core.exceptions import ValidationError

from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import applying, deciding, people
from kennispunt.parties.models import Application, Case, Mandate, Party
from kennispunt.parties.tests.make import APPLIED, apply, make_area, make_mandate, make_party
from kennispunt.trainings.models import Registration
from kennispunt.trainings.tests.make import make_edition, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def party():
    return make_party("Dorpsbelang Lindewaard", **APPLIED)


@pytest.fixture
def fleur(make_user, party):
    """Applied first."""
    person = make_user("fleur")
    make_mandate(person, party, accepted_on=None)
    return person


@pytest.fixture
def guus(make_user, party):
    """A stranger, who applied with the same name."""
    person = make_user("guus")
    make_mandate(person, party, accepted_on=None)
    return person


@pytest.fixture
def stranger(client, guus):
    client.force_login(guus)
    return client


def accept(*people):
    """The desk decides: these speak for the party."""
    Mandate.objects.filter(person__in=people).update(accepted_on="2026-11-28")
    Party.objects.update(status="eligible")


def test_a_stranger_does_not_read_who_else_applied(stranger, fleur):
    edition = make_edition()

    page = stranger.get(f"{edition.get_absolute_url()}inschrijven/")

    assert [one.person.name for one in page.context["form"].mandates.values()] == ["Guus"]
    assert "Fleur" not in page.text and "fleur@" not in page.text
    assert "fleur" not in stranger.get("/mijn/partij/").text.lower()


def test_a_stranger_signs_nobody_else_up(stranger, fleur, guus, party):
    edition = make_edition()
    address = f"{edition.get_absolute_url()}inschrijven/"

    assert stranger.post(address, {"who": [fleur.pk]}).status_code == 422
    assert stranger.post(address, {"who": [guus.pk, fleur.pk]}).status_code == 422
    with pytest.raises(ValidationError, match="hoort niet bij je partij"):
        sign_up(edition, fleur, by=guus, party=party)
    assert not Registration.objects.exists()


def test_a_stranger_takes_no_place_of_the_party_away(fleur, guus, make_user, party):
    edition = make_edition(max_per_party=1)

    sign_up(edition, guus, party=party)
    sign_up(edition, fleur, party=party)

    assert edition.registrations.placed().count() == 2


def test_a_place_for_another_from_before_is_out_of_reach(stranger, fleur, guus, party):
    [place] = sign_up(make_edition(), fleur, party=party)
    Registration.objects.update(booked_by=guus)
    address = f"/mijn/trainingen/collega/{place.pk}/"

    assert "Fleur" not in stranger.get("/mijn/trainingen/").text
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"wat": "meld-af"}).status_code == 404
    place.refresh_from_db()
    assert place.state == "placed"


def test_once_both_are_accepted_they_are_colleagues(stranger, fleur, guus):
    accept(fleur, guus)
    edition = make_edition()

    stranger.post(f"{edition.get_absolute_url()}inschrijven/", {"who": [fleur.pk]})

    assert Registration.objects.get().person == fleur
    assert "Fleur" in stranger.get("/mijn/partij/").text


def test_who_is_accepted_sees_nobody_who_still_waits(stranger, fleur, guus):
    accept(guus)
    Party.objects.update(status="applied")  # the party is decided about anew

    assert "fleur" not in stranger.get("/mijn/partij/").text.lower()
    edition = make_edition()
    page = stranger.get(f"{edition.get_absolute_url()}inschrijven/")
    assert "Fleur" not in page.text


def test_the_place_of_a_stranger_stays_provisional_until_somebody_accepts_them(
    fleur, guus, party, petra, outbox
):
    """The party is admitted through Guus; that says nothing of Fleur."""
    edition = make_edition()
    for person in (fleur, guus):
        sign_up(edition, person, party=party)
    case = Case.objects.create(party=party, kind=Case.Kind.APPLICATION, due="2099-01-01")
    deciding.settle(
        case, outcome="eligible", reason="Zij staan in de uitslag.", until=None,
        people=list(guus_mandate(guus, party)), decided_by=petra,
    )  # fmt: skip

    provisional = Registration.objects.filter(is_provisional=True)
    assert [one.person for one in provisional] == [fleur]

    before = len(outbox())
    people.accept_request(Mandate.objects.of(fleur).get(), by=guus)
    assert not provisional.all().exists()
    assert [mail.to for mail in outbox()[before:]] == ["fleur@example.org"] * 2


def guus_mandate(guus, party):
    return Mandate.objects.of(guus).filter(party=party).values_list("pk", flat=True)


@pytest.fixture
def both_applied(fleur, guus, party, client):
    """Both sent the same name, and each took a provisional place."""
    Mandate.objects.all().delete()
    make_result(make_area(), **{party.name: 3})
    edition = make_edition(max_per_party=2)
    for person in (fleur, guus):
        client.force_login(person)
        apply(client, list_name=party.name)
        sign_up(edition, person, party=party)
    return edition


@pytest.fixture
def fleur_was_chosen(both_applied, fleur, petra, party):
    """The party is in, and Fleur speaks for it; of Guus nobody knows yet."""
    mandate = Mandate.objects.get(person=fleur)
    deciding.decide(Case.objects.get(), by=petra, outcome="eligible", people=[mandate.pk])
    party.refresh_from_db()
    return both_applied


def place_of(person):
    return Registration.objects.values_list("state", "is_provisional").get(person=person)


def test_who_is_refused_has_no_place_for_the_party(fleur_was_chosen, fleur, guus):
    people.refuse_request(Mandate.objects.get(person=guus), reason="Onbekend.")

    assert place_of(guus)[0] == "ended"
    assert place_of(fleur) == ("placed", False)


def test_who_takes_an_application_back_gives_the_place_back(both_applied, fleur, guus):
    applying.withdraw(Application.objects.sent().get(person=guus))

    assert place_of(guus)[0] == "ended"
    assert place_of(fleur)[0] == "placed"


def test_who_still_waits_uses_up_no_place_of_the_party(fleur_was_chosen, fleur, make_user, party):
    bram = make_user("bram")
    make_mandate(bram, party)

    sign_up(fleur_was_chosen, bram, by=fleur, party=party)

    assert place_of(bram) == ("placed", False)
