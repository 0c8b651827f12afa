"""Two people change one thing at once: what one decided is never undone by what the other read."""

import threading
import time
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from kennispunt.parties.actions import (
    applying,
    deciding,
    lineage,
    objecting,
    people,
    register,
    reopening,
)
from kennispunt.parties.models import Application, Case, Decision, Mandate, Party
from kennispunt.parties.tests.make import FOUNDING, make_area, make_mandate, make_party
from kennispunt.ui.rows import TooLate, locked
from tests.meanwhile import LONG_ENOUGH, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

ABOUT = {"is_shown": "on", "website": "", "public_email": "", "about": "Wij zijn er voor Assen."}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def open_case(party, **fields) -> Case:
    due = date(2026, 12, 11)
    return Case.objects.create(**({"party": party, "kind": "election", "due": due} | fields))


@pytest.fixture
def founders(make_user):
    party = make_party("Wij Molenkerk", **FOUNDING)
    make_mandate(make_user("daan"), party, manages=True)
    return party


def test_what_a_party_tells_of_itself_undoes_no_decision(founders, make_user, petra):
    daan = signed_in(Mandate.objects.get(party=founders).person)
    case = open_case(founders)

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="new", until=date(2027, 9, 1)),
        lambda: daan.post("/mijn/partij/openbaar/", ABOUT),
    )

    founders.refresh_from_db()
    assert Decision.objects.get().outcome == "new"
    assert (founders.status, founders.status_until) == ("new", date(2027, 9, 1))
    assert (founders.is_shown, founders.about) == (True, "Wij zijn er voor Assen.")


def test_a_decision_undoes_nothing_that_a_party_tells_of_itself(founders, petra):
    daan = signed_in(Mandate.objects.get(party=founders).person)
    case = open_case(founders)
    assert case.party.about == ""  # what the desk read

    daan.post("/mijn/partij/openbaar/", ABOUT)
    deciding.decide(case, by=petra, outcome="new", until=date(2027, 9, 1))

    founders.refresh_from_db()
    assert (founders.status, founders.about) == ("new", "Wij zijn er voor Assen.")


def test_a_decision_undoes_no_name_that_was_corrected_meanwhile(petra, make_user):
    pim = make_user("pim", group="Project leaders")
    party = make_party("Aser Kring")
    case = open_case(party)
    assert case.party.name == "Aser Kring"

    meanwhile(
        lambda: register.correct_name(party, name="Asser Kring", by=pim),
        lambda: deciding.decide(case, by=petra, outcome="eligible"),
    )

    party.refresh_from_db()
    assert (party.name, party.folded) == ("Asser Kring", "asser kring")
    assert party.decisions.get().outcome == "eligible"


def test_a_corrected_name_undoes_no_decision(petra, make_user):
    pim = make_user("pim", group="Project leaders")
    party = make_party("Aser Kring", **FOUNDING)
    case = open_case(party)

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="eligible"),
        lambda: register.correct_name(party, name="Asser Kring", by=pim),
    )

    party.refresh_from_db()
    assert (party.name, party.status, party.status_until) == ("Asser Kring", "eligible", None)


def test_a_day_that_a_name_begins_undoes_no_decision(petra, make_user):
    pim = make_user("pim", group="Project leaders")
    party = make_party("Aser Kring", **FOUNDING)
    register.rename(party, name="Asser Kring", on=date(2090, 1, 1), source="brief", by=pim)
    case = open_case(party)

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="eligible"),
        lambda: register.take_effect(date(2090, 1, 1)),
    )

    party.refresh_from_db()
    assert (party.name, party.status) == ("Asser Kring", "eligible")


def test_a_merger_and_a_decision_keep_each_others_word(petra, make_user):
    pim = make_user("pim", group="Project leaders")
    party = make_party("Asser Kring", **FOUNDING)
    case = open_case(party)
    on = date(2090, 1, 1)

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="new", until=date(2091, 1, 1)),
        lambda: lineage.record_lineage(
            party, kind="continued", new_name="Samen Assen", on=on, source="brief", by=pim
        ),
    )

    party.refresh_from_db()
    assert (party.status, party.status_until) == ("new", date(2089, 12, 31))


def test_what_founders_tell_shortens_no_decision(founders, petra):
    case = open_case(founders)
    Party.objects.update(status_until=localdate())

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="eligible"),
        lambda: told(founders),
    )

    founders.refresh_from_db()
    assert (founders.status, founders.status_until) == ("eligible", None)


def told(party):
    """The founders' page was opened before the decision and is sent after it."""
    with suppress(TooLate):
        reopening.tell_registration(party, name="Wij Molenkerk", source="krant")


def test_an_acceptance_gives_back_no_right_that_a_colleague_took(petra, make_user):
    """The role that was changed meanwhile stays, whoever accepts."""
    party = make_party("Asser Kring", status="applied")
    mandate = make_mandate(make_user("fleur"), party, accepted_on=None)
    case = open_case(party, kind="application")

    meanwhile(
        lambda: Mandate.objects.filter(pk=mandate.pk).update(role="alderman", may_book=False),
        lambda: deciding.decide(case, by=petra, outcome="eligible", people=[mandate.pk]),
    )

    mandate.refresh_from_db()
    assert mandate.accepted_on == localdate()
    assert (mandate.role, mandate.may_book) == ("alderman", False)


def test_what_is_filled_in_is_not_undone_by_what_is_sent(make_user):
    """Two tabs: one sends the application, the other still saves a step of it."""
    fleur = make_user("fleur")
    draft = applying.begin(fleur)
    applying.save(
        draft, area=make_area(), kind="other", party_name="Dorpsbelang", role="chair",
        cooperation="none", no_national_seat=True, proof="phone", proof_at="website",
    )  # fmt: skip
    other_tab = Application.objects.get(pk=draft.pk)

    meanwhile(
        lambda: applying.send(draft, consent="Ja"),
        lambda: saved(other_tab, remark="Nog iets."),
    )

    draft.refresh_from_db()
    assert draft.state == "sent"
    assert draft.party.cases.open().count() == 1


def saved(draft, **fields):
    with suppress(TooLate):
        applying.save(draft, **fields)


def test_two_managers_who_remove_each_other_do_not_leave_nobody(make_user, outbox):
    """The second finds that he may not any more: somebody still manages the people."""
    party = make_party("Asser Kring")
    anna, bram = make_user("anna"), make_user("bram")
    ours = make_mandate(anna, party, manages=True)
    theirs = make_mandate(bram, party, manages=True)

    meanwhile(
        lambda: people.remove(theirs, by=ours),
        lambda: signed_in(bram).post(f"/mijn/partij/collega/{ours.pk}/", {"remove": "1"}),
    )

    assert list(party.mandates.open()) == [ours]
    assert [one.to for one in outbox()] == ["bram@example.org"]


def test_two_who_decide_at_once_decide_once_and_the_second_hears_so(petra, make_user, outbox):
    pim = signed_in(make_user("pim", group="Project leaders"))
    party = make_party("Asser Kring", status="applied")
    mandate = make_mandate(make_user("fleur"), party, accepted_on=None)
    Application.objects.create(
        person=mandate.person, party=party, state="sent", sent_at=now(), area=make_area()
    )
    case = open_case(party, kind="application")
    typed = {"outcome": "new", "people": [mandate.pk], "reason": "", "until": ""}
    pages = []

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="eligible", people=[mandate.pk]),
        lambda: pages.append(pim.post(f"/balie/partijen/{case.pk}/", typed, follow=True).text),
    )

    party.refresh_from_db()
    assert (party.status, party.decisions.count()) == ("eligible", 1)
    assert "besloten." not in pages[0]
    assert "was je voor" in pages[0]
    assert [one.to for one in outbox()] == ["fleur@example.org"]


def test_who_withdraws_while_the_desk_decides_is_not_admitted_again(petra, make_user):
    party = make_party("Asser Kring", status="applied")
    fleur = make_user("fleur")
    mandate = make_mandate(fleur, party, accepted_on=None)
    sent = Application.objects.create(
        person=fleur, party=party, state="sent", sent_at=now(), area=make_area()
    )
    case = open_case(party, kind="application")

    def decides():
        with suppress(TooLate):
            deciding.decide(case, by=petra, outcome="eligible", people=[mandate.pk])

    meanwhile(lambda: applying.withdraw(sent), decides)

    party.refresh_from_db()
    assert (party.status, party.decisions.count()) == ("none", 0)
    assert not Mandate.objects.open().exists()


def test_who_is_forgotten_while_they_apply_again_waits_for_nobody_in_a_circle(make_user):
    party, fleur = make_party("Asser Kring"), make_user("fleur")
    make_mandate(fleur, party, ended_on=localdate())
    draft = Application.objects.create(
        person=fleur, area=make_area(), kind="other", party_name="Asser Kring", role="chair"
    )
    begun, problems = threading.Event(), []

    def forgets():
        with transaction.atomic():
            locked(party)  # the parties first (trainings.actions.leaving)
            begun.set()
            time.sleep(LONG_ENOUGH)
            people.forget(fleur)

    def applies():
        begun.wait(30)
        with suppress(TooLate):
            applying.send(draft, consent="ja")

    def alone(act):
        try:
            act()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=alone, args=[act]) for act in (forgets, applies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert problems == []
    assert not Application.objects.drafts().exists()


def test_an_objection_is_answered_once(petra, maud, make_user, outbox):
    party = make_party("Asser Kring")
    anna = make_user("anna")
    make_mandate(anna, party, manages=True)
    case = open_case(party)
    deciding.decide(case, by=petra, outcome="decline", reason="Jullie deden niet mee.")
    decision = deciding.second(case, by=maud, agrees=True)
    objection = objecting.object_to(decision, person=anna, words="Wij deden mee.")
    pim, jip = (make_user(name, group="Moderators") for name in ("pim", "jip"))
    before = len(outbox())

    def answers():
        with suppress(TooLate):
            objecting.answer_objection(objection, by=jip, is_right=False, reply="Nee.")

    meanwhile(
        lambda: objecting.answer_objection(
            objection, by=pim, is_right=True, reply="Klopt.", outcome="eligible"
        ),
        answers,
    )

    party.refresh_from_db()
    assert party.status == "eligible"
    assert [one.to for one in outbox()[before:]] == ["anna@example.org"]
