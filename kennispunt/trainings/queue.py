"""Free places, the line of people who wait for one, and their places elsewhere at that time.

Read here, with the edition locked where it matters; changed in actions/places.py and by_hand.py.
The rule of the waiting list, which pages show (RULE): first parties that had no place at a training
in the year before, and have none here; then the order of signing up. Who nobody accepted yet comes
after the parties that we know, in the order of signing up: what we know of the party they name says
nothing of them, and their place in line nothing of that party.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from kennispunt.mail.models import IncomingMail
from kennispunt.trainings import letters
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.periods import FIRST_TIME, holds_until
from kennispunt.trainings.permissions import Chance, chance

State = Registration.State
ELSEWHERE = "Heeft dan al een plek bij een andere training."

RULE = (
    "Eerst de partijen die in het jaar voor deze training nergens een plek hadden, "
    "daarna op volgorde van inschrijven. Besloten we nog niet over je aanmelding? Dan kom je na de "
    "partijen die we kennen."
)


def free_seats(edition: Edition) -> list[int]:
    """The places that nobody has and nobody is offered, the lowest first."""
    given = set(edition.registrations.exclude(seat=None).values_list("seat", flat=True))
    left = max(0, edition.places - len(given))
    return [seat for seat in range(1, edition.places + 1) if seat not in given][:left]


def live_at_the_same_time(edition: Edition, person):
    """Return the places and waits of a person, elsewhere or here, during a meeting of this one."""
    mine = Registration.objects.live().of(person).select_related("edition__training")
    overlap = [
        mine.filter(
            edition__meetings__starts_at__lt=meeting.ends_at,
            edition__meetings__ends_at__gt=meeting.starts_at,
        )
        for meeting in edition.meetings.all()
    ]
    found = {one.pk: one for rows in overlap for one in rows}
    return list(found.values())


def check_person(edition: Edition, person, speaking: set[int]) -> None:
    """Refuse a person who is not `speaking` for the party, or has a place here or elsewhere then.

    ValidationError with the codes "stranger", "twice" and "elsewhere".
    """
    about = {"person": person.pk}
    if person.pk not in speaking:
        raise ValidationError("Deze persoon hoort niet bij je partij.", "stranger", about)
    for other in live_at_the_same_time(edition, person):
        if other.edition_id == edition.pk:
            raise ValidationError("Is al ingeschreven.", "twice", about)
        if other.state != State.WAITING:
            raise ValidationError(ELSEWHERE, "elsewhere", about)


def has_place_elsewhere(registration: Registration) -> bool:
    """Whether this person is somewhere else then; nobody is in two places at once."""
    return any(
        other.pk != registration.pk and other.state == State.PLACED
        for other in live_at_the_same_time(registration.edition, registration.person)
    )


def on_the_same_day(edition: Edition, person) -> list[Registration]:
    """Other trainings of this person on a day of this one: worth a warning, no more."""
    days = {localdate(meeting.starts_at) for meeting in edition.meetings.all()}
    mine = Registration.objects.live().of(person).exclude(edition=edition)
    near = mine.filter(
        edition__starts_at__lt=edition.ends_at + timedelta(days=1),
        edition__ends_at__gt=edition.starts_at - timedelta(days=1),
    )
    rows = near.select_related("edition__training").prefetch_related("edition__meetings")
    return [
        one
        for one in rows
        if days & {localdate(meeting.starts_at) for meeting in one.edition.meetings.all()}
    ]


def waiting_list(edition: Edition) -> list[Registration]:
    """Return everyone who waits, in the order of RULE; then founders for whom it is not meant, then
    people who let an offer pass: they get no other, but may take a place while one is free.
    """
    year_before = Registration.objects.placed().filter(
        party=OuterRef("party"),
        is_provisional=False,
        edition__status=Edition.Status.OPEN,
        edition__starts_at__gte=edition.starts_at - FIRST_TIME,
        edition__starts_at__lte=edition.starts_at,
    )
    here = edition.registrations.filter(
        party=OuterRef("party"), seat__isnull=False, is_provisional=False
    )
    known = Q(is_provisional=False)
    rows = edition.registrations.waiting().annotate(
        had_one=known & Exists(year_before.exclude(edition=edition)), has_one=known & Exists(here)
    )
    return sorted(
        rows.select_related("party", "person", "booked_by", "edition__training"), key=_rank
    )


def _rank(one):
    after = (one.offers, one.is_provisional, one.comes_last)
    return (*after, one.has_one, one.had_one, one.signed_up_at, one.pk)


def in_line(edition: Edition, now: datetime) -> list[Registration]:
    """Return the people on the waiting list who can be offered a place now."""
    if holds_until(edition.starts_at, now) is None:
        return []
    today, away = localdate(now), _placed_elsewhere(edition)
    return [
        one
        for one in waiting_list(edition)
        if one.offers == 0
        and chance(one.status_on(today), edition) != Chance.NO
        and one.person_id not in away
    ]


def _placed_elsewhere(edition: Edition) -> set[int]:
    """The people on the waiting list who have a place elsewhere during a meeting of this one."""
    then = Q()
    for meeting in edition.meetings.all():
        then |= Q(
            edition__meetings__starts_at__lt=meeting.ends_at,
            edition__meetings__ends_at__gt=meeting.starts_at,
        )
    waiting = edition.registrations.waiting().values("person")
    placed = Registration.objects.filter(then, state=State.PLACED, person__in=waiting)
    return set(placed.exclude(edition=edition).values_list("person", flat=True))


def next_in_line(edition: Edition, now: datetime) -> Registration | None:
    """Return the next to be offered a free place; None when nobody can be."""
    return next(iter(in_line(edition, now)), None)


def is_offered(registration: Registration, offer: int, now: datetime) -> bool:
    """Whether this person can still say yes to the offer with this number."""
    return (
        registration.state == State.OFFERED
        and registration.offers == offer
        and (registration.offered_until > now or waits_for_a_reader(registration))
    )


def waits_for_a_reader(registration: Registration) -> bool:
    """Whether a mail about this place came before the offer ended, and a person must read it."""
    about = IncomingMail.objects.about(letters.REPLY, f"{registration.pk}_")
    return about.filter(received_at__lte=registration.offered_until).exists()


def after(chosen: Registration, line: list[Registration]) -> list[Registration]:
    """The same line when this one was offered a place: others of that party come later now."""
    left = [one for one in line if one is not chosen]
    for one in left:
        both_known = not (one.is_provisional or chosen.is_provisional)
        one.has_one |= both_known and one.party_id == chosen.party_id
    return sorted(left, key=_rank)
