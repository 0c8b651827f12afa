"""Somebody who is erased gets no mail any more, whatever they still had with us."""

import json

import pytest
from django.db import connection

from kennispunt.accounts import erasure, registry
from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.actions import people
from kennispunt.trainings.models import Registration
from kennispunt.trainings.tests.make import make_edition, make_parties, sign_up


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    settings.ERASURES_FILE = tmp_path / "erasures"


def test_from_the_top_of_the_house_down():
    parts = registry.parts()

    assert parts.index("trainingen") < parts.index("partijen") < parts.index("account")
    assert parts[-1] == "mail"  # what the others wrote is taken back as well


def test_nobody_mails_who_is_erased_with_places_to_come(anna, bram, make_user, outbox):
    person, *others = make_parties(make_user, 3)
    placed, waits = (
        make_edition(places=1, minimum=1, max_per_party=1),
        make_edition(places=1, minimum=1, max_per_party=1, days=40),
    )
    sign_up(placed, person)
    sign_up(placed, others[0])  # waits behind
    sign_up(waits, others[1])
    sign_up(waits, person)
    address = person.email

    erasure.delete(person)

    assert [mail.purpose for mail in outbox() if address in mail.to] == []
    assert not OutgoingMail.objects.filter(to__iexact=address).exists()
    assert Registration.objects.get(edition=placed, person=others[0]).state == "offered"
    assert address not in everything_in("django_tasks_database_dbtaskresult")


def test_a_colleague_who_was_invited_and_has_an_account_is_erased_too(anna, make_user, outbox):
    invited = make_user("nieuw")
    people.invite(
        people.Mandate.objects.of(anna).get().party, email=invited.email, role="board", by=anna
    )

    erasure.delete(invited)

    assert [mail for mail in outbox() if mail.to == "nieuw@example.org"] == []


def everything_in(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return json.dumps(cursor.fetchall(), default=str)
