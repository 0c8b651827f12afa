"""One person with two tabs open: nothing is lost, and the second press says what is so."""

import pytest
from django.test import Client

from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import applying, deciding, people
from kennispunt.parties.models import Application, Case, Mandate, Party
from kennispunt.parties.tests.make import apply, make_area
from kennispunt.ui.rows import TooLate
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db

LIST = "Dorpsbelang Lindewaard"
SEND, WITHDRAW = "/partijen/aanmelden/versturen/", "/mijn/aanmelding/intrekken/"
YES = {"consent": "on"}


@pytest.fixture
def fleur(make_user):
    make_result(make_area("GM0106"), **{LIST: 3})
    return make_user("fleur")


@pytest.fixture
def tab(fleur):
    client = Client()
    client.force_login(fleur)
    return client


@pytest.fixture
def draft(tab):
    apply(tab, list_name=LIST, until="versturen")
    return Application.objects.select_related("person").get()


def said(response) -> str:
    return " ".join(str(one) for one in response.context["messages"])


def check():
    """Who waits has sent something and has a case, and the other way round."""
    sent = Application.objects.sent().exists()
    assert Mandate.objects.open().filter(accepted_on=None).exists() is sent
    assert Case.objects.open().exists() is sent
    assert Party.objects.filter(status="applied").exists() is sent


def test_throwing_away_a_draft_takes_back_nothing_that_was_sent_since(tab, draft):
    page = tab.get(WITHDRAW).text
    assert 'name="sent" value="False"' in page
    tab.post(SEND, YES)

    answer = tab.post(WITHDRAW, {"sent": "False"}, follow=True)

    assert "al verstuurd" in said(answer)
    assert Application.objects.get().state == "sent"
    check()


def test_taking_back_what_was_sent_leaves_a_new_draft(tab, draft):
    tab.post(SEND, YES)
    apply(tab, which="other", party_name="Lokaal Hazelmeer", until="versturen")

    tab.post(WITHDRAW, {"sent": "True"})

    assert Application.objects.drafts().get().party_name == "Lokaal Hazelmeer"
    answer = tab.post(WITHDRAW, {"sent": "True"}, follow=True)
    assert "al ingetrokken" in said(answer)
    assert Application.objects.drafts().exists()


def test_sending_twice_says_that_it_was_sent_and_begins_nothing(tab, draft, outbox):
    tab.post(SEND, YES)
    before = len(outbox())

    answer = tab.post(SEND, YES, follow=True)

    assert "al verstuurd" in said(answer)
    assert Application.objects.count() == 1
    assert "Je aanmelding afmaken" not in tab.get("/mijn/").text
    assert len(outbox()) == before


def test_sending_what_was_taken_back_says_so(tab, draft):
    tab.post(WITHDRAW)

    answer = tab.post(SEND, YES, follow=True)

    assert "al ingetrokken" in said(answer)
    assert not Application.objects.sent().exists() and not Application.objects.drafts().exists()


def test_taking_back_what_was_decided_says_so(tab, draft, petra):
    tab.post(SEND, YES)
    mandate = Mandate.objects.get()
    deciding.decide(Case.objects.get(), by=petra, outcome="eligible", people=[mandate.pk])

    answer = tab.post(WITHDRAW, {"sent": "True"}, follow=True)

    assert "al afgehandeld" in said(answer) and "is ingetrokken" not in said(answer)
    assert Mandate.objects.open().get().accepted_on


def test_a_draft_that_changed_is_not_said_to_be_sent(draft):
    applying.save(draft, kind="")

    with pytest.raises(TooLate, match="veranderd"):
        applying.send(draft, consent="Ja")


# --- At the very same moment ----------------------------------------------------------------------


def too_late(act, words):
    def tried():
        with pytest.raises(TooLate, match=words):
            act()

    return tried


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_thrown_away_while_it_is_sent_is_sent(draft):
    known = Application.objects.select_related("person", "party").get()

    meanwhile(
        lambda: applying.send(draft, consent="Ja"),
        too_late(lambda: applying.withdraw(known), "al verstuurd"),
    )

    assert Application.objects.get().state == "sent"
    check()


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_sent_while_it_is_thrown_away_is_gone(draft):
    known = Application.objects.select_related("person", "party").get()

    meanwhile(
        lambda: applying.withdraw(known),
        too_late(lambda: applying.send(draft, consent="Ja"), "al ingetrokken"),
    )

    assert not Party.objects.exists()
    check()


@pytest.mark.django_db(transaction=True)
def test_who_is_forgotten_while_it_is_sent_leaves_nothing_waiting(fleur, draft):
    meanwhile(lambda: applying.send(draft, consent="Ja"), lambda: people.forget(fleur))

    assert not Application.objects.exists()
    check()


def test_who_sent_it_twice_and_stops_leaves_nothing_that_waits(tab, draft):
    """A page of Mijn partij, not of the application."""
    tab.post(SEND, YES)
    apply(tab, list_name=LIST)
    mandate = Mandate.objects.get()
    assert Application.objects.sent().filter(party=mandate.party).count() == 2

    people.leave(mandate)

    check()
