"""What colleagues read of each other, and that every page says the same of what one may."""

from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.parties.actions import people
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.permissions import (
    VOTE_LATER,
    may_book_places,
    may_manage,
    may_vote,
    rights_in_words,
)
from kennispunt.parties.tests.make import make_mandate, make_party
from kennispunt.parties.tests.test_people import link_in

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


# --- Who reads what of a colleague ----------------------------------------------------------------


@pytest.fixture
def nameless(make_user, asser_kring):
    """A colleague who never gave a name."""
    person = make_user("zwaan")
    User.objects.filter(pk=person.pk).update(name="")
    make_mandate(person, asser_kring)
    return person


def test_a_colleague_does_not_read_a_mail_address(anna, bram, nameless):
    for reader in (anna, bram):
        page = signed_in(reader).get("/mijn/partij/").text
        assert "Iemand zonder naam (bestuurslid)" in page
        assert "zwaan@example.org" not in page


def test_who_asks_to_join_shows_a_name_and_a_role(anna, make_user, asser_kring):
    make_mandate(make_user("fleur"), asser_kring, accepted_on=None)

    page = signed_in(anna).get("/mijn/partij/").text

    assert "Fleur" in page and "Bestuurslid" in page
    assert "fleur@example.org" not in page


def test_only_who_invited_reads_the_address_again(anna, carla, asser_kring):
    make_mandate(carla, asser_kring, manages=True)
    people.invite(asser_kring, email="gast@example.org", role="board", by=anna)
    act = signed_in(carla)
    hers = Mandate.objects.get(person=carla, party=asser_kring)
    act.post("/mijn/partij/wissel/", {"mandate": hers.pk})

    assert "gast@example.org" in signed_in(anna).get("/mijn/partij/").text
    assert "gast@example.org" not in act.get("/mijn/partij/").text


def test_an_invitation_asks_a_name_of_who_gave_none(anna, asser_kring, make_user, outbox):
    person = make_user("gast")
    User.objects.filter(pk=person.pk).update(name="")
    people.invite(asser_kring, email=person.email, role="board", by=anna)
    address = link_in(outbox()[-1])
    client = signed_in(person)
    assert "Je naam" in client.get(address).text

    client.post(address, {"yes": "1", "consent": "on"})
    assert not Mandate.objects.of(person).exists()
    client.post(address, {"yes": "1", "consent": "on", "name": "Gijs Vos"})

    assert Mandate.objects.of(person).get().who == "Gijs Vos"


# --- What one may is said the same everywhere -----------------------------------------------------


def test_a_founder_does_not_read_that_he_may_vote(daan):
    client = signed_in(daan)
    mine, vote = client.get("/mijn/partij/").text, client.get("/trainingen/stem/geef/").text

    assert "stemmen voor de partij" not in mine
    assert VOTE_LATER in mine and VOTE_LATER in vote
    assert ", stemt" not in mine


def test_who_holds_the_vote_of_an_eligible_party_reads_so(anna):
    page = signed_in(anna).get("/mijn/partij/").text

    assert "plaatsen bij trainingen nemen, stemmen voor de partij, collega’s beheren" in page


@pytest.mark.parametrize("status", Party.Status.values)
@pytest.mark.parametrize("rights", ["", "may_book", "may_vote", "may_manage"])
def test_what_is_said_is_what_one_may(make_user, status, rights):
    until = {"status_until": date(2098, 1, 1)} if status == "founding" else {}
    party = make_party("Nieuw Geluid", status=status, **until)
    given = {"may_book": False, "may_vote": False, "may_manage": False} | (
        {rights: True} if rights else {}
    )
    person = make_user("fleur")
    mandate = make_mandate(person, party, **given)
    words = rights_in_words(mandate, localdate())

    assert ("plaatsen" in words) is may_book_places(person, party)
    assert ("stemmen voor" in words) is may_vote(person, party)
    assert ("beheren" in words) is may_manage(person, party)
