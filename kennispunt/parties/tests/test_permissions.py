"""Who acts for which party, what that opens, and whom rules must protect from whom."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from kennispunt.elections.models import Area, AreaSuccession
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.permissions import (
    act_for,
    acting_for,
    areas_of,
    codes_of,
    may_book_places,
    may_manage,
    may_vote,
    overlapping,
)
from kennispunt.parties.tests.make import (
    APPLIED,
    ENDED,
    FOUNDING,
    NEW,
    make_area,
    make_mandate,
    make_party,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    """A request of this person, in one session."""
    session = SessionStore()

    def ask(user):
        request = RequestFactory().get("/")
        request.user, request.session = user, session
        return request

    return ask


def test_a_visitor_acts_for_nobody(ask):
    assert acting_for(ask(AnonymousUser())) is None
    assert areas_of(AnonymousUser()) == frozenset()


def test_who_speaks_for_two_parties_acts_for_the_chosen_one(ask, anna, asser_kring):
    other = make_mandate(anna, make_party("Zuidlaar Samen"))
    assert acting_for(ask(anna)).party == asser_kring

    act_for(ask(anna), other)

    assert acting_for(ask(anna)) == other


def test_who_was_removed_has_lost_it_at_the_next_request(ask, bram, asser_kring):
    act_for(ask(bram), acting_for(ask(bram)))
    Mandate.objects.of(bram).update(ended_on=date(2026, 11, 24))

    assert acting_for(ask(bram)) is None
    assert not may_book_places(bram, asser_kring)


def test_who_is_not_accepted_is_provisional_whatever_we_know_of_the_party(ask, make_user):
    user = make_user("fleur")
    asked = make_mandate(user, make_party("Asser Kring"), accepted_on=None)
    applied = make_mandate(user, make_party("Emmer Kring", **APPLIED), accepted_on=None)

    assert acting_for(ask(user)) == asked
    for mandate in (asked, applied):
        assert mandate.status_on(date(2026, 5, 1)) == Party.Status.APPLIED
        assert may_book_places(user, mandate.party)
        assert not may_manage(user, mandate.party)


def test_asking_for_whom_one_acts_costs_one_query(ask, anna, django_assert_num_queries):
    make_mandate(anna, make_party("Zuidlaar Samen"))
    request = ask(anna)

    with django_assert_num_queries(1):
        acting_for(request)
        acting_for(request)


def test_a_status_with_a_last_day_ends_after_it_by_itself():
    founders = make_party(status=Party.Status.FOUNDING, status_until=date(2026, 12, 21))

    assert founders.status_on(date(2026, 12, 21)) == Party.Status.FOUNDING
    assert founders.status_on(date(2026, 12, 22)) == Party.Status.ENDED
    assert founders.ended_on(date(2026, 12, 22)) == date(2026, 12, 21)
    assert founders.ended_on(date(2026, 12, 21)) is None
    assert list(Party.objects.in_force(date(2026, 12, 22))) == []


@pytest.mark.parametrize(
    ("status", "books", "votes"),
    [(APPLIED, True, False), (FOUNDING, True, False), (NEW, True, False), ({}, True, True),
     (ENDED, False, False)],
)  # fmt: skip
def test_status_opens_what_the_table_says(make_user, status, books, votes):
    user, party = make_user("fleur"), make_party(**status)
    make_mandate(user, party, manages=True)

    assert may_book_places(user, party) is books
    assert may_vote(user, party) is votes


def test_rival_and_visitor_may_nothing_for_a_party(anna, carla, make_user, asser_kring):
    assert may_manage(anna, asser_kring)
    for other in (carla, make_user("piet"), AnonymousUser()):
        assert not may_book_places(other, asser_kring)
        assert not may_vote(other, asser_kring)
        assert not may_manage(other, asser_kring)


def test_a_volunteer_takes_places_but_does_not_vote_or_manage(bram, asser_kring):
    assert may_book_places(bram, asser_kring)
    assert not may_vote(bram, asser_kring)
    assert not may_manage(bram, asser_kring)


# --- Who is near ---------------------------------------------------------------------------------


@pytest.fixture
def hunze():
    """A water board over Assen and over Groningen."""
    board = Area.objects.create(
        code="W0646", kind="waterschap", name="Hunze", slug="hunze", kiesraad_code="W0646", eml_id="6"
    )  # fmt: skip
    groningen = Area.objects.create(
        code="PV20", kind="provincie", name="Groningen", slug="pv-groningen", kiesraad_code="PV20",
        eml_id="1",
    )  # fmt: skip
    town = Area.objects.create(
        code="GM0014", kind="gemeente", name="Groningen", slug="groningen", kiesraad_code="GM0014",
        eml_id="14", province=groningen,
    )  # fmt: skip
    other = Area.objects.create(
        code="W0650", kind="waterschap", name="Aa", slug="aa", kiesraad_code="W0650", eml_id="7"
    )  # fmt: skip
    make_area("GM0106").waterschappen.add(board)
    town.waterschappen.add(board, other)
    make_area("GM0114")
    return board


@pytest.mark.parametrize(
    ("area", "near"),
    [
        ("GM0106", {"GM0106", "PV22", "W0646"}),
        ("PV22", {"PV22", "GM0106", "GM0114", "W0646"}),
        ("W0646", {"W0646", "GM0106", "GM0014", "PV22", "PV20"}),
        ("GM0114", {"GM0114", "PV22"}),
    ],
)
def test_areas_that_share_ground(hunze, area, near, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert overlapping([area]) == near


def test_a_rule_that_protects_looks_at_all_mandates_also_those_that_wait(anna, carla, hunze):
    board = make_party("Water en Wad", area=hunze)
    make_mandate(anna, board, accepted_on=None)

    assert areas_of(anna) == {"GM0106", "PV22", "W0646", "GM0014", "PV20"}
    assert codes_of(board) & areas_of(carla)
    assert not codes_of(make_party("Emmer Kring", area="GM0114")) & areas_of(carla)


def test_a_party_of_before_a_merger_is_a_rival_in_what_it_became(anna, asser_kring):
    AreaSuccession.objects.create(
        old=make_area("GM0106"), new=make_area("GM0114"), date=date(2027, 1, 1)
    )

    assert codes_of(asser_kring) == {"GM0106", "GM0114"}
    assert "GM0114" in areas_of(anna)


# --- What the database does not take -------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"kvk_number": "1234"}, {"name": ""}, {"status_until": date(2020, 1, 1)},
     {"status": Party.Status.FOUNDING}],
)  # fmt: skip
def test_the_database_refuses_a_party_that_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_party(**wrong)


def test_one_person_speaks_for_a_party_once_at_a_time(bram, asser_kring):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_mandate(bram, asser_kring)
    Mandate.objects.of(bram).update(ended_on=date(2026, 11, 24))

    make_mandate(bram, asser_kring)


def test_a_party_is_found_by_every_name_it_had(asser_kring):
    asser_kring.names.create(name="Kring ’t Asserland")

    assert list(Party.objects.named("kring t asserland")) == [asser_kring]
    assert list(Party.objects.named("ASSER KRING")) == [asser_kring]
