"""Deciding anew: after an election, when a group enters the Kamer, when founders go over."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import reopening
from kennispunt.parties.models import Case, Decision, Evidence, Party
from kennispunt.parties.tests.make import make_area, make_mandate, make_party

pytestmark = pytest.mark.django_db

VOTED = date(2026, 10, 7)
TODAY = date(2026, 11, 24)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def result(asser_kring, lokaal_hazelmeer):
    """An election in Assen where one of two parties stood again."""
    return make_result(make_area(), on=VOTED, **{"Asser Kring": 3, "VVD": 2})


def test_after_an_election_every_party_there_is_proposed_again_and_stays_in_force(
    result, asser_kring, lokaal_hazelmeer
):
    reopening.look_again(result.election, on=TODAY)

    assert Case.objects.open().count() == 2
    for party in Party.objects.all():
        assert party.status_on(TODAY) == Party.Status.ELIGIBLE
        assert party.status_on(date(2027, 4, 1)) == Party.Status.ELIGIBLE
        assert party.status_on(date(2027, 4, 30)) == Party.Status.ENDED
    missing = Case.objects.get(party=lokaal_hazelmeer)
    assert "Er stond geen lijst met deze naam." in missing.what_changed


def test_looking_again_twice_opens_nothing_twice(result):
    reopening.look_again(result.election, on=TODAY)

    assert reopening.look_again(result.election, on=TODAY).total() == 0


def test_who_was_decided_after_the_election_is_left_alone(result):
    Party.objects.update(status_since=date(2026, 10, 20))

    assert reopening.look_again(result.election, on=TODAY).total() == 0


def test_parties_elsewhere_are_left_alone(result):
    make_party("Emmer Kring", area="GM0114")

    reopening.look_again(result.election, on=TODAY)

    assert not Case.objects.filter(party__name="Emmer Kring").exists()


def decided_before(party, petra):
    """A decision of before, with the same findings as the rules give now."""
    from kennispunt.parties.judging import proposal_for

    case = Case.objects.create(party=party, kind="application", state="closed", due=TODAY)
    facts = proposal_for(party).as_dict()
    Decision.objects.create(
        case=case, party=party, outcome="eligible", facts=facts, rules="2026.1",
        decided_at="2026-04-01T12:00:00Z", decided_by=petra,
    )  # fmt: skip


def test_unchanged_parties_are_confirmed_together(asser_kring, petra):
    # The clock of the day on which the case opens says which elections it is about.
    voted = localdate() - timedelta(days=40)
    result = make_result(make_area(), on=voted, **{"Asser Kring": 3, "VVD": 2})
    asser_kring.keep(status_since=voted - timedelta(days=100))
    decided_before(asser_kring, petra)
    make_mandate(petra_colleague(asser_kring), asser_kring, manages=True)
    reopening.look_again(result.election, on=localdate())
    case = Case.objects.get(party=asser_kring, state="open")
    assert case.what_changed == ""
    client = signed_in(petra)
    assert "Asser Kring" in client.get("/balie/partijen/bevestigen/").text

    client.post("/balie/partijen/bevestigen/", {"case": [case.pk]})

    asser_kring.refresh_from_db()
    assert asser_kring.status_until is None
    assert Decision.objects.filter(party=asser_kring, is_batch=True).count() == 1
    assert [one.title for one in asser_kring.lists.all()] == ["Asser Kring"]


def petra_colleague(party):
    from kennispunt.accounts.models import User

    return User.objects.create_user(f"bestuur{party.pk}@example.org")


def test_a_changed_case_is_not_confirmed_in_the_batch(result, lokaal_hazelmeer, petra):
    reopening.look_again(result.election, on=TODAY)
    case = Case.objects.get(party=lokaal_hazelmeer)

    signed_in(petra).post("/balie/partijen/bevestigen/", {"case": [case.pk]})

    case.refresh_from_db()
    assert case.state == "open"


def test_a_group_that_enters_the_kamer_brings_its_namesakes_to_the_desk(petra):
    party = make_party("VVD Assen")
    other = make_party("Asser Kring")
    for one in (party, other):
        decided_before(one, petra)
    Decision.objects.filter(party=party).update(
        facts={"outcome": "maybe", "findings": [], "ruleset_version": "2025.1"}
    )

    reopening.look_at_kamer(on=localdate())

    [case] = Case.objects.open()
    assert (case.party, case.kind) == (party, "kamer")
    assert "VVD" in case.what_changed
    party.refresh_from_db()
    assert party.status_on(localdate()) == "eligible"


def test_the_command_says_what_it_did_and_a_dry_run_does_nothing(result, capsys):
    call_command("look_again", "--election", result.election.code, "--dry-run", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "election": result.election.code, "changed": 2, "unchanged": 0, "dry_run": True,
    }  # fmt: skip
    assert not Case.objects.exists()

    call_command("look_again", "--election", result.election.code)
    assert Case.objects.count() == 2


# --- Founders --------------------------------------------------------------------------------------


def test_founders_whose_name_is_registered_go_over_without_a_gap(daan, wij_molenkerk, petra):
    Party.objects.update(status_until=localdate())
    client = signed_in(daan)
    typed = {"name": "Wij Molenkerk", "source": "Staatscourant, 21 december 2026"}
    client.post("/mijn/partij/registratie/", typed)

    wij_molenkerk.refresh_from_db()
    tomorrow = localdate() + timedelta(days=1)
    assert wij_molenkerk.status_on(tomorrow) == Party.Status.FOUNDING
    case = Case.objects.get()
    desk = signed_in(petra)
    page = desk.get(f"/balie/partijen/{case.pk}/")
    assert "Wij Molenkerk" in page.text
    # Nobody looked yet whether it is registered: nothing is ticked.
    assert page.context["form"].initial["outcome"] == ""

    desk.post(f"/balie/partijen/{case.pk}/", {"outcome": "new", "reason": "", "until": ""})

    wij_molenkerk.refresh_from_db()
    assert wij_molenkerk.status == Party.Status.NEW
    assert wij_molenkerk.status_until > date(2027, 3, 1)


def test_telling_it_again_gives_no_more_time(daan, wij_molenkerk):
    client = signed_in(daan)
    Party.objects.update(status_since=localdate() - timedelta(days=60), status_until=localdate())
    client.post("/mijn/partij/registratie/", {"name": "X", "source": "Y"})
    Evidence.objects.update(found_on=localdate() - timedelta(days=20))
    Party.objects.update(status_until=localdate() + timedelta(days=8))

    for source in "YZ":
        client.post("/mijn/partij/registratie/", {"name": "X", "source": source})

    wij_molenkerk.refresh_from_db()
    assert wij_molenkerk.status_until == localdate() + timedelta(days=8)
    assert Evidence.objects.count() == 2


def test_what_founders_tell_is_no_fact_before_somebody_checked_it(daan, wij_molenkerk):
    from kennispunt.parties.judging import facts_of

    signed_in(daan).post("/mijn/partij/registratie/", {"name": "X", "source": "Y"})

    assert facts_of(wij_molenkerk, localdate()).registered is None


def test_only_founders_tell_that_their_name_is_registered(anna, bram):
    for person in (anna, bram):
        assert signed_in(person).get("/mijn/partij/registratie/").status_code in (403, 404)
