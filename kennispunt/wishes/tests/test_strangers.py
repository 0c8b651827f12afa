"""Two who applied with the same name are strangers: what one wants, the other neither reads nor undoes."""

import pytest
from django.core.exceptions import ValidationError

from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.tests.make import APPLIED, make_area, make_mandate, make_party
from kennispunt.trainings.tests.make import make_theme
from kennispunt.wishes import actions
from kennispunt.wishes.models import CustomRequest, Wish, WishVoice

pytestmark = pytest.mark.django_db
ASK = "/trainingen/wens/vraag/"


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


def wish(person, party, **fields):
    fields = {"theme": make_theme(), "town": make_area()} | fields
    return actions.wish(party, by=person, **fields)


def typed(**answers):
    return {
        "theme": make_theme().pk,
        "town": "GM0106",
        "people": 4,
        "text": "",
        "room": "",
    } | answers


def test_a_stranger_neither_reads_nor_withdraws_a_wish(stranger, fleur, guus, party):
    voice = wish(fleur, party, room="Bij mij thuis, Kerkstraat 12")

    assert "Kerkstraat" not in stranger.get(ASK).text
    assert stranger.post(f"/trainingen/wens/{voice.pk}/intrekken/").status_code == 404
    with pytest.raises(ValidationError):
        actions.take_back(voice, by=guus)
    assert WishVoice.objects.get() == voice


def test_a_stranger_does_not_write_over_a_wish(stranger, fleur, guus, party):
    wish(fleur, party, room="Bij mij thuis, Kerkstraat 12")

    stranger.post(ASK, typed(room="Het dorpshuis"))

    assert {one.person: one.room for one in WishVoice.objects.all()} == {
        fleur: "Bij mij thuis, Kerkstraat 12",
        guus: "Het dorpshuis",
    }
    assert "Het dorpshuis" in stranger.get(ASK).text


def test_what_a_stranger_wished_is_not_what_the_party_wants(client, fleur, guus, party):
    wish(guus, party, room="Het dorpshuis")
    accept(fleur)
    client.force_login(fleur)

    assert "Het dorpshuis" not in client.get(ASK).text
    assert list(Wish.objects.counted()) == []


def test_two_who_were_both_accepted_count_as_one_party(client, fleur, guus, party):
    wish(fleur, party, room="Kerkstraat 12")
    wish(guus, party, room="Het dorpshuis")
    accept(fleur, guus)

    assert [one.parties for one in Wish.objects.counted()] == [1]
    wish(guus, party, room="De Schakel")
    assert WishVoice.objects.filter(room="De Schakel").count() == 1


def test_a_stranger_does_not_use_up_what_one_may_ask(fleur, guus, party):
    for number in range(3):
        actions.request_custom(party, by=guus, town=make_area(), text=f"{number}", people=3)

    actions.request_custom(party, by=fleur, town=make_area(), text="Iets", people=3)

    assert CustomRequest.objects.filter(person=fleur).exists()
