"""A gemeente merges: its parties stand in what it became, and we say so."""

from datetime import date

import pytest

from kennispunt.elections.models import AreaSuccession
from kennispunt.elections.tests.make import make_area, make_result
from kennispunt.parties.actions import people, reopening
from kennispunt.parties.judging import facts_of, proposal_for
from kennispunt.parties.mergers import areas_on, kin
from kennispunt.parties.models import Case, Mandate
from kennispunt.parties.proposing import lists_like
from kennispunt.parties.tests.make import make_mandate, make_party

BEFORE, MERGED = date(2018, 3, 21), date(2021, 1, 1)
VOTED = date(2020, 11, 18)  # for the new council, before it began
LATER = date(2021, 3, 1)


@pytest.fixture
def appingedam(db):
    area = make_area("GM0003", "Appingedam")
    area.valid_to = MERGED
    area.save()
    return area


@pytest.fixture
def eemsdelta(appingedam):
    area = make_area("GM1979", "Eemsdelta")
    area.valid_from = MERGED
    area.save()
    AreaSuccession.objects.create(old=appingedam, new=area, date=MERGED)
    return area


@pytest.fixture
def party(appingedam):
    return make_party("Lokaal Belang", area=appingedam, status_since=date(2019, 1, 1))


def test_party_stands_in_what_its_area_became(party, eemsdelta, appingedam):
    assert areas_on(party, date(2020, 12, 31)) == [appingedam]
    assert areas_on(party, MERGED) == [eemsdelta]
    assert kin(["GM0003"]) == kin(["GM1979"]) == {"GM0003", "GM1979"}
    assert kin(["GM0106"]) == {"GM0106"}


def test_what_split_leads_to_each_part_but_not_from_one_to_the_other(db):
    haaren = make_area("GM0788", "Haaren")
    vught, boxtel = make_area("GM0865", "Vught"), make_area("GM0757", "Boxtel")
    haaren.valid_to = MERGED
    haaren.save()
    for heir in (vught, boxtel):
        AreaSuccession.objects.create(old=haaren, new=heir, date=MERGED)

    assert areas_on(make_party("Wij", area=haaren), LATER) == [boxtel, vught]
    assert kin(["GM0757"]) == {"GM0757", "GM0788"}


def test_lists_of_before_and_after_are_proposed_and_none_of_elsewhere(appingedam, eemsdelta):
    make_result(appingedam, on=BEFORE, **{"Lokaal Belang Appingedam": 3})
    make_result(eemsdelta, on=VOTED, **{"Lokaal Belang Eemsdelta": 5, "VVD": 2})
    make_result(make_area("GM0106", "Assen"), on=BEFORE, **{"Lokaal Belang": 4})

    for area in (appingedam, eemsdelta):
        assert [(one.list.name, one.why) for one in lists_like("Lokaal Belang", area)] == [
            ("Lokaal Belang Eemsdelta", "zonder toevoeging"),
            ("Lokaal Belang Appingedam", "zonder toevoeging"),
        ]


def test_rules_tell_that_the_area_merged_and_count_its_results(party, eemsdelta, appingedam):
    party.lists.add(make_result(appingedam, on=BEFORE, **{"Lokaal Belang": 3}).lists.get())
    found = {one.rule: one for one in proposal_for(party, LATER).findings}

    assert found["gebied"].result == found["stond-hier"].result == "holds"
    assert found["gebied"].fact == "Appingedam ging op 01-01-2021 over in Eemsdelta."
    assert found["gebied"].date == MERGED
    assert found["stond-hier"].fact == (
        "“Lokaal Belang” stond op de lijst in Appingedam (3 zetels). "
        "Appingedam ging op 01-01-2021 over in Eemsdelta."
    )
    assert facts_of(party, LATER).area == "GM1979"


def test_result_of_elsewhere_is_no_result_of_here(party, eemsdelta):
    result = make_result(make_area("GM0106", "Assen"), on=BEFORE, **{"Lokaal Belang": 3})
    party.lists.add(result.lists.get())

    assert "stond-hier" in [one.rule for one in proposal_for(party, LATER).reasons]


def test_election_of_the_new_area_asks_about_the_parties_of_the_old(party, eemsdelta):
    result = make_result(eemsdelta, on=VOTED, **{"Lokaal Belang": 5})
    reopening.look_again(result.election, on=LATER)

    case = Case.objects.get(party=party)
    assert case.what_changed.startswith("Appingedam ging op 01-01-2021 over in Eemsdelta.")
    assert "De naam stond op de lijst in Eemsdelta." in case.what_changed
    assert "Er stond geen lijst" not in case.what_changed
    party.refresh_from_db()
    assert party.status_until == date(2021, 5, 18)


def test_earlier_election_of_the_heir_asks_nothing(party, eemsdelta):
    result = make_result(eemsdelta, on=date(2020, 3, 18), Wij=1)

    assert reopening.look_again(result.election, on=LATER).total() == 0


def test_who_speaks_for_it_is_asked_once(party, eemsdelta, make_user, outbox):
    make_mandate(make_user("anna"), party, accepted_on=date(2019, 1, 1))
    election = make_result(eemsdelta, on=VOTED, Wij=1).election

    assert people.ask_to_confirm(election, on=LATER) == 1
    assert people.ask_to_confirm(election, on=LATER) == 0
    assert len(outbox()) == 1
    assert Mandate.objects.get().asked_on == LATER
