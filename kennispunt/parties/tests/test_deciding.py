"""The desk decides: on one screen, with reasons, with two people where that must be."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.office.models import Lookup
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.tests.make import apply, make_area, make_mandate, make_party

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def assen():
    area = make_area("GM0106")
    make_result(area, **{"Dorpsbelang Lindewaard": 3, "VVD": 2})
    return area


@pytest.fixture
def fleur(make_user):
    return make_user("fleur")


@pytest.fixture
def case(fleur, assen):
    """Fleur applied for a party without any tie."""
    apply(signed_in(fleur), list_name="Dorpsbelang Lindewaard")
    return Case.objects.get()


@pytest.fixture
def at_desk(petra):
    return signed_in(petra)


def decide(client, case, outcome="eligible", **fields):
    people = [one.pk for one in Mandate.objects.open().filter(party=case.party, accepted_on=None)]
    typed = {"outcome": outcome, "people": people, "reason": "", "until": ""} | fields
    return client.post(f"/balie/partijen/{case.pk}/", typed)


def seconded(case):
    """What the button of the second pair of eyes sends."""
    return {"agree": "1", "seen": Case.objects.get(pk=case.pk).fingerprint}


def test_the_case_is_on_one_screen(at_desk, case):
    page = at_desk.get(f"/balie/partijen/{case.pk}/").text

    assert "Niets tegen gevonden" in page or "Kijk zelf" in page
    assert "www.lindewaard.example" in page
    assert "fleur@example.org" in page
    assert "uitslag.csv" in page


def test_accepted_the_person_manages_the_party_and_hears_it(at_desk, case, fleur, outbox):
    decide(at_desk, case)

    party = Party.objects.get()
    assert party.status == Party.Status.ELIGIBLE
    mandate = Mandate.objects.get()
    assert (mandate.may_manage, mandate.may_vote) == (True, True)
    assert outbox()[-1].subject == "Welkom, je aanmelding is goedgekeurd"
    assert party.name not in outbox()[-1].subject + outbox()[-1].text
    assert "Dorpsbelang" in signed_in(fleur).get("/mijn/partij/").text


def test_a_decision_keeps_the_facts_and_rules_it_used(at_desk, case, petra):
    decide(at_desk, case)

    decision = Decision.objects.get()
    assert decision.decided_by == petra
    assert decision.rules
    assert {one["rule"] for one in decision.facts["findings"]} >= {"naam-kamer", "stond-hier"}


def test_two_members_of_staff_at_once_decide_once(at_desk, case, make_user, outbox):
    other = signed_in(make_user("pim", group="Project leaders"))
    decide(at_desk, case)
    before = len(outbox())

    assert decide(other, case).status_code == 200  # the page says that it is done

    assert Decision.objects.count() == 1
    assert len(outbox()) == before


def test_a_no_needs_a_reason_and_a_second_person(at_desk, case, petra, maud, outbox):
    response = decide(at_desk, case, "decline")
    assert "reason" in response.context["form"].errors

    decide(at_desk, case, "decline", reason="De partij is een afdeling van een Kamerpartij.")

    assert not Decision.objects.exists()
    assert len(outbox()) == 1  # only that it was received
    assert at_desk.post(f"/balie/partijen/{case.pk}/tweede/", seconded(case)).status_code == 403

    signed_in(maud).post(f"/balie/partijen/{case.pk}/tweede/", seconded(case))

    decision = Decision.objects.get()
    assert (decision.decided_by, decision.seconded_by) == (petra, maud)
    mail = outbox()[-1]
    assert "afdeling van een Kamerpartij" in mail.text
    assert "bezwaar" in mail.text
    assert Party.objects.get().status == Party.Status.NONE


def test_the_second_person_sends_it_back(at_desk, case, maud):
    decide(at_desk, case, "decline", reason="Twijfel.")

    signed_in(maud).post(f"/balie/partijen/{case.pk}/tweede/", {"back": "1"})

    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert not Decision.objects.exists()


def test_a_joint_list_is_decided_by_two_also_when_it_is_a_yes(at_desk, fleur, assen, maud, outbox):
    told = {"cooperation": "joint", "cooperation_with": "VVD, op één lijst"}
    apply(signed_in(fleur), list_name="Dorpsbelang Lindewaard", verklaring=told)
    case = Case.objects.get()
    assert "kijkt altijd een tweede mee" in at_desk.get(f"/balie/partijen/{case.pk}/").text

    decide(at_desk, case)
    assert not Decision.objects.exists()
    signed_in(maud).post(f"/balie/partijen/{case.pk}/tweede/", seconded(case))

    assert Decision.objects.get().outcome == "eligible"


def test_a_branch_of_a_party_in_the_kamer_is_proposed_as_no(at_desk, fleur, assen):
    apply(signed_in(fleur), list_name="VVD", verklaring={"seat": "yes"})

    response = at_desk.get(f"/balie/partijen/{Case.objects.get().pk}/")

    assert response.context["proposal"].outcome == "no"
    assert response.context["form"].initial["outcome"] == ""
    assert "er is een regel die faalt" in response.text


def test_we_ask_for_more_and_the_answer_comes_back(at_desk, case, fleur, outbox):
    typed = {"vraag-question": "Wie staat er in de statuten?", "vraag-why": "We zagen twee namen."}
    typed["vraag-of"] = [Application.objects.get().pk]
    at_desk.post(f"/balie/partijen/{case.pk}/vraag/", typed)
    assert "Wie staat er in de statuten?" in outbox()[-1].text
    assert at_desk.get("/balie/").context["total"] == 0

    signed_in(fleur).post("/mijn/aanmelding/", {"answer": "Alleen wij."})

    assert at_desk.get("/balie/").context["total"] == 1
    assert "Alleen wij." in at_desk.get(f"/balie/partijen/{case.pk}/").text


def test_founders_are_let_in_until_the_last_day_to_register_a_name(at_desk, fleur, assen):
    apply(signed_in(fleur), which="founding", party_name="Wij Molenkerk")

    decide(at_desk, Case.objects.get(), "founding")

    party = Party.objects.get()
    assert party.status == Party.Status.FOUNDING
    assert party.status_until > localdate()


def test_of_two_who_applied_only_the_chosen_one_speaks(at_desk, case, fleur, make_user):
    guus = make_user("guus")
    apply(signed_in(guus), list_name="Dorpsbelang Lindewaard")

    decide(at_desk, case, people=[Mandate.objects.of(fleur).get().pk])

    assert Mandate.objects.of(fleur).accepted().exists()
    assert not Mandate.objects.of(guus).accepted().exists()
    [waits] = at_desk.get("/balie/").context["page"].object_list
    assert "Iemand wil spreken" in waits.title


def test_what_was_seen_while_checking_is_written_down(at_desk, case, fleur, petra):
    typed = {"bewijs-kind": "phone", "bewijs-source": "088 111 22 33", "bewijs-about": fleur.pk}
    at_desk.post(f"/balie/partijen/{case.pk}/bewijs/", typed)

    seen = case.party.evidence.get(kind="phone")
    assert (seen.person, seen.checked_by, seen.found_on) == (fleur, petra, localdate())
    assert seen.expires_on > localdate()


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "eva", "tess", None])
def test_others_do_not_see_a_case(case, request, who):
    client = signed_in(request.getfixturevalue(who)) if who else Client()

    for address in (f"/balie/partijen/{case.pk}/", "/balie/partijen/bevestigen/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403)
    assert not Decision.objects.exists()


def test_a_moderator_looks_along_but_does_not_decide(case, maud):
    assert signed_in(maud).get(f"/balie/partijen/{case.pk}/").status_code == 200
    assert decide(signed_in(maud), case).status_code == 403


def test_staff_without_a_second_factor_does_not_reach_the_desk(make_user):
    petra = make_user("pim", group="Project leaders", second_factor=False)

    assert signed_in(petra).get("/balie/").url == "/account/2fa/"


def test_nobody_decides_about_their_own_party(at_desk, case, petra):
    make_mandate(petra, case.party)

    assert decide(at_desk, case).status_code == 403


def test_a_look_at_a_person_is_told_to_that_person_once_a_day(at_desk, case, fleur, petra):
    for _ in range(2):
        at_desk.get(f"/balie/partijen/{case.pk}/")

    assert [(one.person, one.staff) for one in Lookup.objects.all()] == [(fleur, petra)]
    assert "Petra" in signed_in(fleur).get("/mijn/inzage/").text


# --- Objecting -------------------------------------------------------------------------------------


@pytest.fixture
def declined(at_desk, case, maud):
    decide(at_desk, case, "decline", reason="Dit is een afdeling.")
    signed_in(maud).post(f"/balie/partijen/{case.pk}/tweede/", seconded(case))
    return Decision.objects.get()


def test_an_objection_runs_through(declined, fleur, petra, maud, make_user, outbox):
    mine = signed_in(fleur)
    assert "Maak bezwaar" in mine.get("/mijn/aanmelding/").text
    mine.post(f"/mijn/bezwaar/{declined.pk}/", {"words": "Wij horen bij niemand."})
    objection = Objection.objects.get()

    other = signed_in(make_user("pim", group="Moderators"))
    for first in (petra, maud):
        refused = signed_in(first).get(f"/balie/partijen/bezwaar/{objection.pk}/")
        assert refused.status_code == 403
        assert "in het beheer" not in refused.text and "om een collega moderator" in refused.text
        assert signed_in(first).get("/balie/").context["total"] == 0
    assert other.get("/balie/").context["kinds"] == [("bezwaar", 1)]
    typed = {"is_right": "yes", "outcome": "eligible", "reply": "Je hebt gelijk."}
    other.post(f"/balie/partijen/bezwaar/{objection.pk}/", typed)

    assert Party.objects.get().status == Party.Status.ELIGIBLE
    assert Mandate.objects.of(fleur).accepted().get().may_manage
    assert [one.outcome for one in Decision.objects.all()] == ["eligible", "decline"]
    assert "Je hebt gelijk." in outbox()[-2].text + outbox()[-1].text


def test_an_objection_that_nobody_else_may_answer_is_not_lost(declined, fleur, petra, maud):
    signed_in(fleur).post(f"/mijn/bezwaar/{declined.pk}/", {"words": "Toch niet."})

    for first in (petra, maud):
        [waits] = signed_in(first).get("/balie/").context["page"].object_list
        assert "Niemand kan dit bezwaar beantwoorden" in waits.title
        assert "om een collega moderator te maken" in signed_in(first).get(waits.address).text


def test_an_objection_that_is_not_right_leaves_the_decision(declined, fleur, make_user, outbox):
    signed_in(fleur).post(f"/mijn/bezwaar/{declined.pk}/", {"words": "Toch niet."})
    other = signed_in(make_user("pim", group="Moderators"))
    typed = {"is_right": "no", "reply": "De regel is duidelijk."}
    other.post(f"/balie/partijen/bezwaar/{Objection.objects.get().pk}/", typed)

    assert Party.objects.get().status == Party.Status.NONE
    assert "De regel is duidelijk." in outbox()[-1].text


def test_only_who_applied_objects_and_only_in_time(declined, fleur, carla, anna):
    for other in (carla, anna):
        assert signed_in(other).get(f"/mijn/bezwaar/{declined.pk}/").status_code == 404
    Decision.objects.update(decided_at=declined.decided_at - timedelta(days=50))

    late = signed_in(fleur).post(f"/mijn/bezwaar/{declined.pk}/", {"words": "Te laat."})

    assert late.status_code == 403
    assert "termijn" in late.text
    assert not Objection.objects.exists()


# --- The list --------------------------------------------------------------------------------------


def test_the_list_has_the_most_urgent_first_and_is_narrowed_by_kind(at_desk, asser_kring):
    for days, kind in [(9, "application"), (-1, "kamer"), (3, "application")]:
        Case.objects.create(
            party=make_party(f"Partij {days}", status="applied"), kind=kind, due=localdate() + timedelta(days)
        )  # fmt: skip

    context = at_desk.get("/balie/").context
    dated = [one for one in context["page"].object_list if one.due]
    assert [(one.due - localdate()).days for one in dated] == [-1, 3, 9]
    assert [title for title, _ in context["parts"]] == ["Te laat", "Deze week", "Later"]
    narrowed = at_desk.get("/balie/?soort=opnieuw kijken").context["page"].object_list
    assert len(narrowed) == 1


def test_the_list_costs_the_same_for_few_and_many(at_desk, assen):
    def queries(number):
        parties = Party.objects.bulk_create(
            Party(name=f"Partij {n}", status="applied", status_since=date(2026, 4, 1))
            for n in range(number)
        )
        for party in parties:
            party.areas.add(assen)
        Case.objects.bulk_create(
            Case(party=party, kind="application", due=date(2026, 12, 1)) for party in parties
        )
        with CaptureQueriesContext(connection) as captured:
            at_desk.get("/balie/")
        return len(captured)

    assert queries(2) == queries(40)


def test_an_editor_has_an_empty_desk_and_a_visitor_none(client, eva, case):
    assert signed_in(eva).get("/balie/").status_code == 200
    assert signed_in(eva).get("/balie/").context["total"] == 0
    assert client.get("/balie/").status_code == 302


def test_a_party_without_a_manager_waits_until_somebody_manages(at_desk, asser_kring, make_user):
    mandate = make_mandate(make_user("bram"), asser_kring)
    [waits] = at_desk.get("/balie/").context["page"].object_list
    assert waits.kind == "zonder beheerder"

    at_desk.post(waits.address, {"mandate": mandate.pk})

    assert at_desk.get("/balie/").context["total"] == 0


def test_titles_on_the_desk_name_no_party_and_no_person(at_desk, case):
    page = at_desk.get("/balie/").text

    assert "Assen" in page
    assert "Lindewaard" not in page
    assert "fleur" not in page.lower()


def test_withdrawing_after_the_desk_opened_the_case_ends_it(at_desk, case, fleur):
    signed_in(fleur).post("/mijn/aanmelding/intrekken/")

    assert "ingetrokken" in at_desk.get(f"/balie/partijen/{case.pk}/").text
    assert Application.objects.get().state == "withdrawn"
