"""Mails that ask: who still speaks after an election, and whether a colleague is known."""

from datetime import date

import pytest
from django.test import Client

from kennispunt.elections.tests.make import make_result
from kennispunt.mail import kinds
from kennispunt.mail.preferences import choose
from kennispunt.parties.actions import people
from kennispunt.parties.models import Mandate
from kennispunt.parties.tests.make import apply, make_area

pytestmark = pytest.mark.django_db

VOTED = date(2026, 10, 7)
TODAY = date(2026, 11, 24)


@pytest.fixture
def election(asser_kring):
    return make_result(make_area(), on=VOTED, **{"Asser Kring": 3}).election


def link_in(mail):
    return next(word for word in mail.text.split() if "/mijn/partij/nog/" in word).strip("<>()")


def test_everyone_is_asked_once_after_an_election(election, anna, bram, daan, outbox):
    assert people.ask_to_confirm(election, on=TODAY) == 2
    assert people.ask_to_confirm(election, on=TODAY) == 0

    assert {mail.to for mail in outbox()} == {anna.email, bram.email}
    for mail in outbox():
        assert "Asser" not in mail.subject + mail.text + link_in(mail)


def test_who_confirmed_since_or_waits_or_stopped_is_not_asked(election, anna, bram, carla, outbox):
    Mandate.objects.of(anna).update(confirmed_on=date(2026, 10, 20))
    Mandate.objects.of(bram).update(ended_on=date(2026, 10, 20))
    Mandate.objects.of(carla).update(accepted_on=None)

    assert people.ask_to_confirm(election, on=TODAY) == 0


def test_opening_the_link_changes_nothing_and_the_button_confirms(election, anna, outbox):
    people.ask_to_confirm(election, on=TODAY)
    address = link_in(outbox()[0])
    scanner = Client()

    page = scanner.get(address).text
    assert "Asser" not in page
    assert "Anna" not in page
    assert Mandate.objects.of(anna).get().confirmed_on is None

    scanner.post(address)
    assert Mandate.objects.of(anna).get().confirmed_on


def test_a_link_that_was_tampered_with_or_is_of_a_leaver_does_nothing(election, anna, outbox):
    people.ask_to_confirm(election, on=TODAY)
    address = link_in(outbox()[0])

    assert Client().post(address[:-3] + "x/").status_code == 404
    people.leave(Mandate.objects.of(anna).get())
    assert Client().post(address).status_code == 404
    assert Mandate.objects.of(anna).get().confirmed_on is None


def test_a_colleague_is_asked_when_the_person_chose_that(anna, bram, make_user, outbox):
    for name, proof in [("fleur", "public_mail"), ("guus", "colleague")]:
        client = Client()
        client.force_login(make_user(name))
        chosen = {"proof": proof}
        apply(client, which="other", party_name="Asser Kring", controle=chosen)

    asked = [mail for mail in outbox() if mail.subject == "Ken je deze persoon?"]
    assert [mail.to for mail in asked] == [anna.email]
    assert "Guus" not in asked[0].text
    assert "Asser" not in asked[0].text


def test_what_also_stands_at_the_party_need_not_be_mailed(election, anna, outbox):
    choose(anna.email, "parties.confirm", False)

    assert people.ask_to_confirm(election, on=TODAY) == 1
    assert outbox() == []
    assert kinds.of("parties.decision").optional is False
    assert kinds.of("parties.request").optional is True
