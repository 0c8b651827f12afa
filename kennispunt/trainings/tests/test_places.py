"""Places: getting one, waiting, being next; and what never happens."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kennispunt.parties.actions import people as mandates
from kennispunt.parties.models import Application, Mandate, Party
from kennispunt.parties.signals import status_decided
from kennispunt.parties.tests.make import APPLIED, ENDED, FOUNDING, make_mandate, make_party
from kennispunt.trainings import queue
from kennispunt.trainings.actions import by_hand, places
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.periods import holds_until
from kennispunt.trainings.tests.make import (
    delivered,
    make_edition,
    make_parties,
    make_training,
    sign_up,
)
from kennispunt.trainings.views import participants
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db

State = Registration.State


def states(edition):
    rows = edition.registrations.select_related("person").order_by("signed_up_at", "pk")
    return {one.person.email.split("@")[0] if one.person else None: one.state for one in rows}


def later(days=0, hours=0):
    return timezone.now() + timedelta(days=days, hours=hours)


# --- Signing up ----------------------------------------------------------------------------------


def test_who_signs_up_has_a_place_and_a_mail_with_the_appointment(anna, outbox):
    [place] = sign_up(make_edition(), anna)

    assert (place.state, place.seat) == (State.PLACED, 1)
    [mail] = outbox()
    assert mail.to == "anna@example.org"
    assert mail.subject == "Je plek bij de training staat vast"
    assert b"text/calendar" in mail.message


def test_full_is_a_place_on_the_waiting_list(anna, carla):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [waits] = sign_up(edition, carla)

    assert (waits.state, waits.seat) == (State.WAITING, None)


def test_one_signs_up_a_colleague_too(anna, bram, outbox):
    edition = make_edition()
    sign_up(edition, anna, bram)

    assert states(edition) == {"anna": "placed", "bram": "placed"}
    assert {mail.to for mail in outbox()} == {"anna@example.org", "bram@example.org"}


def test_all_or_nobody(anna, bram, carla):
    edition = make_edition()
    with pytest.raises(ValidationError) as problem:
        sign_up(edition, anna, bram, carla)

    assert problem.value.code == "stranger"
    assert not edition.registrations.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": Edition.Status.DRAFT}, "closed"),
        ({"days": -1}, "closed"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "closed"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "closed"),
        ({"max_per_party": 1}, "max"),
    ],
)
def test_what_cannot_be(anna, bram, fields, code):
    with pytest.raises(ValidationError) as problem:
        sign_up(make_edition(**fields), anna, bram)
    assert problem.value.code == code


def test_nobody_signs_up_twice(anna):
    edition = make_edition()
    sign_up(edition, anna)
    with pytest.raises(ValidationError) as problem:
        sign_up(edition, anna)
    assert problem.value.code == "twice"


def test_nobody_is_in_two_places_at_once(anna):
    first = make_edition()
    sign_up(first, anna)
    other = make_edition(
        starts_at=first.starts_at + timedelta(hours=1), training=make_training("b")
    )
    with pytest.raises(ValidationError) as problem:
        sign_up(other, anna)
    assert problem.value.code == "elsewhere"


def test_two_on_one_day_is_worth_a_warning(anna):
    first = make_edition(starts_at=later(days=30).replace(hour=9))
    [place] = sign_up(first, anna)
    other = make_edition(
        starts_at=first.starts_at + timedelta(hours=4), training=make_training("b")
    )

    assert queue.on_the_same_day(other, anna) == [place]
    sign_up(other, anna)


@pytest.mark.parametrize("status", [ENDED, {"status": Party.Status.NONE}])
def test_a_party_that_may_not_take_part_gets_no_place(make_user, status):
    person = make_user("fleur")
    party = make_party("Dorpsbelang", **status)
    make_mandate(person, party)
    with pytest.raises(ValidationError) as problem:
        sign_up(make_edition(), person, party=party)
    assert problem.value.code == "party"


def test_who_may_not_book_gets_no_place(anna, asser_kring):
    Mandate.objects.of(anna).update(may_book=False)
    with pytest.raises(ValidationError):
        sign_up(make_edition(), anna)


def test_who_speaks_for_another_party_does_not_book_here(anna, carla, asser_kring):
    with pytest.raises(ValidationError):
        sign_up(make_edition(), anna, by=carla, party=asser_kring)


# --- Founders ------------------------------------------------------------------------------------


def test_a_founder_has_a_place_at_a_training_for_founders(daan):
    edition = make_edition(training=make_training("begin", for_founders=True))
    [place] = sign_up(edition, daan)

    assert (place.state, place.comes_last) == (State.PLACED, False)


def test_elsewhere_a_founder_has_what_is_left_and_waits_after_the_others(daan, anna, carla):
    edition = make_edition(places=1)
    [first] = sign_up(edition, anna)
    sign_up(edition, daan)
    sign_up(edition, carla)

    assert [one.person for one in queue.waiting_list(edition)] == [carla, daan]
    places.cancel(first)
    assert states(edition) == {"anna": "cancelled", "daan": "waiting", "carla": "offered"}


# --- The waiting list ----------------------------------------------------------------------------


def test_a_place_that_is_given_up_is_offered_to_the_next(anna, carla, outbox):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    assert places.cancel(place)

    waits.refresh_from_db()
    assert (waits.state, waits.seat, waits.offers) == (State.OFFERED, 1, 1)
    assert outbox()[-1].subject == "Er is een plek vrij. Wil je hem?"
    assert places.take(waits, offer=1).state == State.PLACED
    assert states(edition) == {"anna": "cancelled", "carla": "placed"}


def test_who_cancels_twice_gives_up_one_place(anna, carla, daan, make_user):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    people = make_parties(make_user, 2)
    for person in people:
        sign_up(edition, person)
    assert places.cancel(place)
    with pytest.raises(TooLate):
        places.cancel(place)

    assert sorted(states(edition).values()) == ["cancelled", "offered", "waiting"]


def test_an_offer_that_nobody_answers_goes_to_the_next_once(anna, make_user, outbox):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    for person in make_parties(make_user, 2):
        sign_up(edition, person)
    places.cancel(place)
    delivered()

    assert places.lapse_offers(later(hours=25)) == 1
    assert places.lapse_offers(later(hours=25)) == 0
    assert states(edition) == {"anna": "cancelled", "person0": "waiting", "person1": "offered"}
    delivered()
    assert places.lapse_offers(later(hours=60)) == 1
    assert states(edition) == {"anna": "cancelled", "person0": "waiting", "person1": "waiting"}
    offered = [mail.to for mail in outbox() if mail.purpose == "trainings.offered"]
    assert offered == ["person0@example.org", "person1@example.org"]


def test_who_let_an_offer_pass_may_take_a_place_that_is_free(anna, carla, outbox):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    places.cancel(place)
    with pytest.raises(TooLate):
        places.take_free(waits)
    delivered()
    places.lapse_offers(later(hours=25))

    assert places.take_free(waits)
    assert states(edition)["carla"] == "placed"


def test_an_old_link_takes_nothing(anna, carla):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    with pytest.raises(TooLate):
        places.take(waits, offer=1)
    places.cancel(place)
    with pytest.raises(TooLate):
        places.take(waits, offer=0)
    with pytest.raises(TooLate):
        places.take(waits, offer=1, now=later(hours=25))
    assert places.take(waits, offer=1).state == State.PLACED
    assert places.take(waits, offer=1).state == State.PLACED


def test_passing_on_takes_one_off_the_list(anna, make_user):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    made = [sign_up(edition, person)[0] for person in make_parties(make_user, 2)]
    places.cancel(place)

    assert places.pass_on(made[0], offer=1).state == State.CANCELLED
    assert places.pass_on(made[0], offer=1).state == State.CANCELLED
    assert states(edition) == {"anna": "cancelled", "person0": "cancelled", "person1": "offered"}


def test_parties_that_had_no_place_in_a_year_go_first(anna, carla, daan, make_user):
    before = make_edition(days=-100, training=make_training("b"))
    sign_up(before, carla, now=later(days=-120))
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [other] = make_parties(make_user, 1)
    sign_up(edition, carla)
    sign_up(edition, other)

    assert [one.person for one in queue.waiting_list(edition)] == [other, carla]


def test_who_nobody_accepted_yet_comes_after_the_parties_that_we_know(
    anna, bram, carla, daan, make_user
):
    """Also when the party they name is as new as can be, and the others had a place before."""
    before = make_edition(days=-100, training=make_training("b"))
    sign_up(before, carla, now=later(days=-120))
    edition = make_edition(places=1)
    sign_up(edition, anna)
    fleur, guus = make_user("fleur"), make_user("guus")
    founded = make_party("Nieuw Geluid", area="GM0114", status="applied")
    make_mandate(fleur, founded, accepted_on=None)
    make_mandate(guus, Mandate.objects.get(person=carla).party, accepted_on=None)
    for person in (fleur, guus, daan, carla, bram):
        sign_up(edition, person)

    line = queue.waiting_list(edition)

    assert [one.person for one in line] == [carla, bram, daan, fleur, guus]
    assert participants.why(line[3]).startswith("nog niet toegelaten")
    assert "na de partijen die we kennen" in queue.RULE


def test_who_applied_as_a_founder_counts_as_one_before_the_decision(anna, make_user):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    waiting = {}
    for name, kind in (("fleur", "founding"), ("guus", "registered")):
        person = make_user(name)
        party = make_party(f"Lijst {name}", area="GM0114", status="applied")
        make_mandate(person, party, accepted_on=None)
        Application.objects.create(
            person=person, party=party, state="sent", kind=kind, sent_at=later(days=-1),
            area=party.areas.get(), party_name=party.name,
        )  # fmt: skip
        [waiting[name]] = sign_up(edition, person)

    assert (waiting["fleur"].comes_last, waiting["guus"].comes_last) == (True, False)
    assert [one.person.name for one in queue.waiting_list(edition)] == ["Guus", "Fleur"]


def test_a_party_that_has_a_place_here_comes_after_others(anna, bram, carla):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, bram)
    sign_up(edition, carla)

    assert [one.person for one in queue.waiting_list(edition)] == [carla, bram]


def test_nobody_passes_who_waits(anna, carla, make_user):
    """A place that is offered is not free for somebody who signs up just then."""
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    sign_up(edition, carla)
    places.cancel(place)
    [other] = make_parties(make_user, 1)
    sign_up(edition, other)

    assert states(edition) == {"anna": "cancelled", "carla": "offered", "person0": "waiting"}


def test_more_places_are_offered_when_there_are_more(anna, make_user):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    for person in make_parties(make_user, 3):
        sign_up(edition, person)
    Edition.objects.filter(pk=edition.pk).update(places=3)

    assert places.fill(edition) == 2
    assert places.fill(edition) == 0


def test_nothing_is_offered_just_before_it_begins(anna, carla):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    soon = edition.starts_at - timedelta(hours=1)
    assert places.cancel(place, now=soon)

    assert states(edition)["carla"] == "waiting"
    assert places.take_free(waits, now=soon)


def test_how_long_a_place_is_held():
    begins = timezone.now()
    before = {hours: begins - timedelta(hours=hours) for hours in (1, 3, 8, 48, 1000)}
    held = {hours: holds_until(begins, now) for hours, now in before.items()}

    assert held[1] is None
    assert held[3] == before[3] + timedelta(hours=1)
    assert held[8] == before[8] + timedelta(hours=2)
    assert held[48] == before[48] + timedelta(hours=12)
    assert held[1000] == before[1000] + timedelta(hours=24)


@pytest.fixture
def two_offers(anna, carla, make_user):
    """Carla waits for two trainings of the same hour, each of one place."""
    first = make_edition(places=1)
    second = make_edition(places=1, starts_at=first.starts_at, training=make_training("b"))
    [other] = make_parties(make_user, 1)
    taken = [sign_up(first, anna)[0], sign_up(second, other)[0]]
    waits = [sign_up(first, carla)[0], sign_up(second, carla)[0]]
    return taken, waits


def test_who_has_a_place_then_is_offered_none(two_offers):
    taken, [first, second] = two_offers
    places.cancel(taken[0])
    assert places.take(first, offer=1).state == State.PLACED
    places.cancel(taken[1])

    second.refresh_from_db()
    assert second.state == State.WAITING
    with pytest.raises(ValidationError, match="al een plek"):
        places.take_free(second)
    with pytest.raises(ValidationError):
        by_hand.promote(second)


def test_nobody_takes_a_second_place_at_the_same_hour(two_offers):
    taken, [first, second] = two_offers
    for place in taken:
        places.cancel(place)
    assert places.take(first, offer=1).state == State.PLACED
    with pytest.raises(ValidationError, match="al een plek"):
        places.take(second, offer=1)
    places.cancel(first)
    assert places.take(second, offer=1).state == State.PLACED


def test_the_database_gives_no_seat_twice(anna, carla):
    edition = make_edition()
    [place] = sign_up(edition, anna)
    [other] = sign_up(edition, carla)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=other.pk).update(seat=place.seat)


# --- What happens to a party or a person ---------------------------------------------------------


@pytest.fixture
def applied(make_user):
    """Somebody of a party that has applied."""
    person = make_user("gijs")
    make_mandate(person, make_party("Lindewaard", **APPLIED), accepted_on=None)
    return person


def decide(person, **fields):
    party = Mandate.objects.of(person).get().party
    Party.objects.filter(pk=party.pk).update(**fields)
    party.refresh_from_db()
    if party.status != Party.Status.NONE:
        Mandate.objects.of(person).filter(accepted_on=None).update(accepted_on="2026-11-28")
    else:  # as a no to the party does, before it is announced
        Mandate.objects.of(person).filter(accepted_on=None).update(ended_on="2026-11-28")
    status_decided.send(Party, party=party, before=Party.Status.APPLIED, decision=None)


def test_a_place_is_provisional_until_the_decision(applied, outbox):
    [place] = sign_up(make_edition(), applied)
    assert (place.state, place.is_provisional) == (State.PLACED, True)
    assert outbox()[-1].subject == "Je hebt een voorlopige plek bij de training"

    decide(applied, status=Party.Status.ELIGIBLE)
    place.refresh_from_db()
    assert (place.state, place.is_provisional) == (State.PLACED, False)
    assert outbox()[-1].subject == "Je plek bij de training staat vast"


def test_a_no_gives_the_place_to_the_next(applied, carla, outbox):
    edition = make_edition(places=1)
    sign_up(edition, applied)
    sign_up(edition, carla)
    decide(applied, status=Party.Status.NONE)

    assert states(edition) == {"gijs": "ended", "carla": "offered"}


def test_who_has_ended_keeps_what_was_confirmed(anna, bram, carla, asser_kring):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, bram)
    decide(anna, status=Party.Status.ENDED)

    assert states(edition) == {"anna": "placed", "bram": "ended"}


def test_who_no_longer_speaks_loses_the_place(anna, bram, carla, outbox):
    edition = make_edition(places=1)
    sign_up(edition, bram)
    sign_up(edition, carla)
    mandates.leave(Mandate.objects.of(bram).get())

    assert states(edition) == {"bram": "ended", "carla": "offered"}
    assert "Je plek bij de training vervalt" in [mail.subject for mail in outbox()]


def test_who_is_erased_leaves_a_place_and_no_trace(anna, carla):
    past = make_edition(days=-10, training=make_training("b"))
    sign_up(past, anna, now=later(days=-20), question="Hoe dan?")
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, carla)
    mandates.forget(anna)

    assert states(edition) == {None: "ended", "carla": "offered"}
    assert not Registration.objects.of(anna).exists()
    [kept] = past.registrations.all()
    assert (kept.state, kept.question, kept.person, kept.booked_by) == ("placed", "", None, None)


def test_founders_that_are_admitted_no_longer_come_last(daan, anna):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [waits] = sign_up(edition, daan)
    decide(daan, status=Party.Status.NEW, status_until=None)

    waits.refresh_from_db()
    assert (waits.state, waits.comes_last) == (State.WAITING, False)


def test_an_ended_party_is_offered_nothing(anna, make_user):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [first, second] = make_parties(make_user, 2, **FOUNDING)
    for person in (first, second):
        sign_up(edition, person)
    yesterday = (timezone.now() - timedelta(days=1)).date()
    lapsed = Mandate.objects.of(first).get().party
    Party.objects.filter(pk=lapsed.pk).update(status_until=yesterday, status_since=yesterday)
    places.cancel(place)

    assert states(edition) == {"anna": "cancelled", "person0": "waiting", "person1": "offered"}
