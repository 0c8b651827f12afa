"""What was tried by a rival, a leaver, a colleague with two hats, and a curious member of staff."""

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from kennispunt.elections.tests.make import make_result
from kennispunt.files.tests.make import pdf, upload
from kennispunt.office.models import Lookup
from kennispunt.parties.actions import deciding, people
from kennispunt.parties.models import (
    Application,
    Case,
    Decision,
    Evidence,
    Invitation,
    Mandate,
    Objection,
)
from kennispunt.parties.tests.make import apply, make_area, make_mandate, make_party

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reopened(asser_kring):
    """After an election the desk looks at party A again."""
    return Case.objects.create(
        party=asser_kring, kind="election", what_changed="Er is iets.", due=localdate()
    )


@pytest.fixture
def intruder(carla, asser_kring, reopened):
    """The rival Carla says that she speaks for party A too."""
    apply(signed_in(carla), which="other", party_name="Asser Kring")
    assert Application.objects.sent().get().party == asser_kring
    return signed_in(carla)


def ask(petra, case):
    typed = {"vraag-question": "Waarom stond jullie lijst er niet?"}
    return signed_in(petra).post(f"/balie/partijen/{case.pk}/vraag/", typed)


def decline(case, petra, maud):
    deciding.decide(
        case, by=petra, outcome="decline", reason="Jullie lijst was samen met een ander."
    )
    case.refresh_from_db()
    return deciding.second(case, by=maud, agrees=True)


# --- A rival who applies for a party that is known ------------------------------------------------


def test_a_question_about_a_known_party_goes_to_who_manages_it(
    intruder, anna, reopened, petra, outbox
):
    before = len(outbox())
    ask(petra, reopened)

    assert [mail.to for mail in outbox()[before:]] == [anna.email]
    assert "Waarom stond" not in intruder.get("/mijn/aanmelding/").text
    intruder.post("/mijn/aanmelding/", {"answer": "We houden ermee op."})
    reopened.refresh_from_db()
    assert (reopened.state, reopened.answer) == ("asked", "")


def test_who_manages_the_party_answers_the_question(anna, bram, reopened, petra):
    ask(petra, reopened)

    assert "Waarom stond" in signed_in(anna).get("/mijn/partij/vraag/").text
    assert signed_in(bram).get("/mijn/partij/vraag/").status_code == 403
    assert "/mijn/partij/vraag/" in signed_in(anna).get("/mijn/partij/").text
    signed_in(anna).post("/mijn/partij/vraag/", {"answer": "We sloegen over."})

    reopened.refresh_from_db()
    assert (reopened.state, reopened.answer) == ("open", "We sloegen over.")
    assert signed_in(anna).get("/mijn/partij/vraag/").url == "/mijn/partij/"  # answered


def test_a_no_to_a_known_party_goes_to_its_people_and_not_to_a_rival(
    intruder, anna, carla, reopened, petra, maud, outbox
):
    before = len(outbox())
    decision = decline(reopened, petra, maud)

    assert [mail.to for mail in outbox()[before:]] == [anna.email]
    assert "samen met een ander" not in intruder.get("/mijn/aanmelding/").text
    assert intruder.get(f"/mijn/bezwaar/{decision.pk}/").status_code == 404
    intruder.post(f"/mijn/bezwaar/{decision.pk}/", {"words": "Voor ons."})
    assert not Objection.objects.exists()
    assert signed_in(anna).get(f"/mijn/bezwaar/{decision.pk}/").status_code == 200


def test_nobody_is_ticked_to_speak_for_a_party_that_has_people(intruder, anna, reopened, petra):
    page = signed_in(petra).get(f"/balie/partijen/{reopened.pk}/")

    assert page.context["form"]["people"].initial == []


def test_who_was_refused_does_not_read_that_it_was_approved(intruder, anna, carla, asser_kring):
    Decision.objects.create(
        case=Case.objects.get(), party=asser_kring, outcome="eligible", decided_at=now()
    )
    people.refuse_request(Mandate.objects.of(carla).get(party=asser_kring), reason="Onbekend.")

    assert "goedgekeurd" not in intruder.get("/mijn/aanmelding/").text


# --- Two people at once ---------------------------------------------------------------------------


def test_one_applicant_does_not_read_the_objection_of_another(make_user, petra, maud, assen):
    fleur, guus = make_user("fleur"), make_user("guus")
    for person in (fleur, guus):
        apply(signed_in(person), list_name="Dorpsbelang Lindewaard")
    decision = decline(Case.objects.get(), petra, maud)
    address = f"/mijn/bezwaar/{decision.pk}/"
    signed_in(fleur).post(address, {"words": "Onze lijst was van ons alleen."})
    objection = Objection.objects.get()
    Objection.objects.update(
        answered_at=now(), answered_by=petra, is_right=False, reply="Beste Fleur, nee."
    )

    page = signed_in(guus).get(address).text

    assert objection.person == fleur
    assert "Beste Fleur" not in page
    assert 'name="words"' in page  # his own is still to be made


@pytest.fixture
def assen():
    area = make_area("GM0106")
    make_result(area, **{"Dorpsbelang Lindewaard": 3})
    return area


def test_who_speaks_for_the_party_already_does_not_wait_for_an_answer(anna, asser_kring):
    apply(signed_in(anna), which="other", party_name="Asser Kring")

    assert not Case.objects.exists()
    assert not Application.objects.sent().exists()
    assert Mandate.objects.of(anna).get().may_manage


def test_a_draft_that_was_withdrawn_does_not_hide_what_was_sent(make_user, assen):
    fleur = make_user("fleur")
    apply(signed_in(fleur), list_name="Dorpsbelang Lindewaard")
    Application.objects.create(person=fleur, state="withdrawn")

    assert "Dorpsbelang" in signed_in(fleur).get("/mijn/aanmelding/").text


def test_the_second_agrees_with_what_was_on_the_screen(petra, maud, make_user, assen):
    fleur = make_user("fleur")
    apply(signed_in(fleur), list_name="Dorpsbelang Lindewaard")
    case = Case.objects.get()
    deciding.decide(case, by=petra, outcome="decline", reason="Te laat.")
    client = signed_in(maud)
    seen = client.get(f"/balie/partijen/{case.pk}/").context["seen"]
    Case.objects.update(first_reason="Een heel andere reden.")

    client.post(f"/balie/partijen/{case.pk}/tweede/", {"agree": "1", "seen": seen})

    assert not Decision.objects.exists()
    case.refresh_from_db()
    assert case.state == "second"


# --- Colleagues -----------------------------------------------------------------------------------


def test_who_may_no_longer_manage_has_no_invitations_out(anna, bram, asser_kring):
    Mandate.objects.of(bram).update(may_manage=True)
    people.invite(asser_kring, email="bram2@example.org", role="board", by=bram, may_manage=True)
    mandate = Mandate.objects.get(person=bram)

    signed_in(anna).post(f"/mijn/partij/collega/{mandate.pk}/", {"change": "1", "role": "board"})

    assert not Invitation.objects.open().exists()


def test_an_invitation_takes_no_rights_away(anna, bram, asser_kring):
    invitation = people.invite(asser_kring, email="anna2@example.org", role="volunteer", by=bram)

    people.accept_invitation(invitation, person=anna, consent="Ja")

    mandate = Mandate.objects.of(anna).get()
    assert (mandate.may_manage, mandate.may_vote) == (True, True)


def test_in_another_tab_one_leaves_the_party_that_was_on_the_screen(anna, asser_kring):
    other = make_party("Lokaal Hazelmeer")
    second = make_mandate(anna, other)
    client = signed_in(anna)
    on_screen = Mandate.objects.of(anna).get(party=asser_kring)
    assert f'value="{on_screen.pk}"' in client.get("/mijn/partij/vertrek/").text
    client.post("/mijn/partij/wissel/", {"mandate": second.pk})

    client.post("/mijn/partij/vertrek/", {"mandate": on_screen.pk})

    assert Mandate.objects.of(anna).open().get() == second


def test_nobody_leaves_for_another(anna, carla):
    hers = Mandate.objects.of(carla).get()

    assert signed_in(anna).post("/mijn/partij/vertrek/", {"mandate": hers.pk}).status_code == 404
    assert Mandate.objects.of(carla).open().exists()


# --- Staff ----------------------------------------------------------------------------------------


def test_staff_does_not_read_what_was_not_sent(make_user, petra, assen):
    fleur = make_user("fleur")
    proof = {"controle": {"proof": "document", "proof_at": "", "upload": upload(pdf())}}
    apply(signed_in(fleur), list_name="Dorpsbelang Lindewaard", until="versturen", **proof)
    address = Application.objects.get().file.get_absolute_url()

    assert signed_in(fleur).get(address).status_code == 200
    assert signed_in(petra).get(address).status_code == 404
    signed_in(fleur).post("/partijen/aanmelden/versturen/", {"consent": "on"})
    assert signed_in(petra).get(address).status_code == 200


def test_a_party_with_a_manager_is_no_list_of_its_people(anna, bram, asser_kring, petra):
    address = f"/balie/partijen/zonder-beheerder/{asser_kring.pk}/"
    mandate = Mandate.objects.get(person=bram)

    assert signed_in(petra).get(address).url == "/balie/"
    assert signed_in(petra).post(address, {"mandate": mandate.pk}).url == "/balie/"
    assert not Mandate.objects.get(person=bram).may_manage


def test_staff_does_not_make_itself_manager_or_witness_of_its_own_party(
    petra, asser_kring, reopened
):
    own = make_mandate(petra, asser_kring)
    client = signed_in(petra)

    client.post(f"/balie/partijen/zonder-beheerder/{asser_kring.pk}/", {"mandate": own.pk})
    client.post(
        f"/balie/partijen/{reopened.pk}/bewijs/", {"bewijs-kind": "kvk", "bewijs-source": "x"}
    )

    assert not Mandate.objects.get(pk=own.pk).may_manage
    assert not Evidence.objects.exists()


def test_who_is_named_on_a_case_is_told_that_staff_looked(carla, reopened, asser_kring, petra):
    make_mandate(carla, asser_kring, accepted_on=None)

    page = signed_in(petra).get(f"/balie/partijen/{reopened.pk}/").text

    assert "Carla" in page
    assert Lookup.objects.filter(person=carla, staff=petra).exists()


# --- What is typed --------------------------------------------------------------------------------


def test_signs_that_no_database_takes_are_no_error(client, make_user):
    fleur = signed_in(make_user("fleur"))

    assert client.get("/partijen/", {"q": "a\x00b"}).status_code == 200
    assert fleur.get("/partijen/aanmelden/gebied/", {"q": "\x00"}).status_code == 200
    assert fleur.post("/partijen/aanmelden/gebied/", {"area": "\x00"}).status_code == 302


def test_rights_and_state_are_not_taken_from_a_form(anna, bram, asser_kring):
    typed = {"about": "Wij.", "status": "none", "name": "Anders", "kvk_number": "12345678"}
    signed_in(anna).post("/mijn/partij/openbaar/", typed)
    mandate = Mandate.objects.get(person=bram)
    typed = {
        "change": "1",
        "role": "board",
        "person": anna.pk,
        "party": 0,
        "ended_on": "2026-01-01",
    }
    signed_in(anna).post(f"/mijn/partij/collega/{mandate.pk}/", typed)

    asser_kring.refresh_from_db()
    assert (asser_kring.name, asser_kring.status) == ("Asser Kring", "eligible")
    mandate.refresh_from_db()
    assert (mandate.person, mandate.ended_on) == (bram, None)
