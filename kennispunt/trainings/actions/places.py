"""Places: sign up, wait, be offered one, take it, give it up. All of it one edition at a time.

Everything that changes places happens while the edition is locked, so that two people never get
the last one; `seat` says so once more in the database. Mails go into the outbox in the same
transaction: after a kill either all of it happened or nothing. The line is read in queue.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.mail import intake
from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.permissions import may_book_places, status_for
from kennispunt.trainings import letters
from kennispunt.trainings.locking import current, locked, one_at_a_time
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.periods import holds_until
from kennispunt.trainings.permissions import Chance, chance, comes_last
from kennispunt.trainings.queue import (
    ELSEWHERE,
    after,
    check_person,
    free_seats,
    has_place_elsewhere,
    in_line,
    is_offered,
    next_in_line,
    waits_for_a_reader,
)
from kennispunt.ui.rows import TooLate

State = Registration.State
GONE = "Deze plek is intussen weg."
DONE = "Dit was al gedaan, of de training is al begonnen."


@dataclass(frozen=True)
class Guest:
    """One person who is signed up, with the few things that we ask."""

    person: object  # accounts.User
    role: str = ""
    question: str = ""
    diet: str = ""
    access: str = ""


# --- Signing up ----------------------------------------------------------------------------------


@transaction.atomic
def sign_up(
    edition: Edition, *, party: Party, by, guests: Iterable[Guest], now: datetime | None = None
) -> list[Registration]:
    """Sign people of a party up: all of them, or none. Each has a place or waits for one.

    ValidationError with a code when it cannot be: "closed", "party", "max", or, with
    params["person"], "stranger", "twice" or "elsewhere".
    """
    now, guests, edition = now or timezone.now(), list(guests), locked(edition)
    one_at_a_time([guest.person for guest in guests])
    gives = chance(status_for(by, party, localdate(now)), edition)
    _check(edition, party, by, gives, guests, now)
    seats = free_seats(edition)
    if seats and next_in_line(edition, now) is not None:
        seats = []  # somebody waits for those already
    made = []
    for guest in guests:
        seat = seats.pop(0) if seats else None
        made.append(
            Registration.objects.create(
                edition=edition,
                party=party,
                person=guest.person,
                booked_by=by,
                state=State.PLACED if seat else State.WAITING,
                seat=seat,
                is_provisional=gives == Chance.PROVISIONAL,
                comes_last=comes_last(by, party, edition, localdate(now)),
                role=guest.role,
                question=guest.question,
                diet=guest.diet,
                access=guest.access,
                signed_up_at=now,
                changed_at=now,
            )
        )
    for registration in made:
        letters.placed(registration) if registration.seat else letters.waiting(registration)
    return made


def _check(edition, party, by, gives, guests, now):
    if not edition.takes_sign_ups(now):
        raise ValidationError("Inschrijven kan nu niet.", code="closed")
    if gives == Chance.NO or not may_book_places(by, party):
        raise ValidationError("Je kunt voor deze partij geen plek nemen.", code="party")
    seen = Mandate.objects.seen_by(by).filter(party=party)  # of an applicant: only their own
    ours = edition.registrations.live().filter(party=party, person__in=seen.values("person"))
    already = ours.count()
    if already + len(guests) > edition.max_per_party:
        raise ValidationError(
            _too_many(edition.max_per_party, already),
            code="max",
            params={"left": max(0, edition.max_per_party - already)},
        )
    asked = seen.filter(person__in=[guest.person for guest in guests])
    speaking = set(asked.values_list("person", flat=True))
    for guest in guests:
        check_person(edition, guest.person, speaking)


def _too_many(most: int, already: int) -> str:
    left = most - already
    rule = f"Van een partij {'kan 1 persoon' if most == 1 else f'kunnen {most} mensen'} komen."
    if left <= 0:
        return f"{rule} Dat aantal is al ingeschreven."
    return f"{rule} {'Er kan nog 1 persoon' if left == 1 else f'Er kunnen nog {left} mensen'} bij."


# --- The waiting list ----------------------------------------------------------------------------


@transaction.atomic
def fill(edition: Edition, now: datetime | None = None) -> int:
    """Offer every free place to the next in line. Returns how many. Safe to call at any time."""
    now, edition, offered = now or timezone.now(), locked(edition), 0
    if edition.status != Edition.Status.OPEN:
        return 0
    seats = free_seats(edition)
    waiting = in_line(edition, now) if seats else []
    for seat in seats:
        if not waiting:
            break
        chosen, waiting = waiting[0], after(waiting[0], waiting)
        chosen.edition = edition
        chosen.become(
            State.OFFERED, now, seat=seat, offers=chosen.offers + 1,
            offered_until=holds_until(edition.starts_at, now),
        )  # fmt: skip
        letters.offered(chosen)
        offered += 1
    return offered


def fill_all(now: datetime | None = None) -> int:
    """Fill every edition to come where somebody waits. Finds what a change elsewhere set free."""
    now = now or timezone.now()
    waited_for = (
        Edition.objects.open()
        .coming(now)
        .filter(registrations__state=State.WAITING, registrations__offers=0)
    )
    return sum(fill(edition, now) for edition in waited_for.distinct())


@transaction.atomic
def take(registration: Registration, *, offer: int, now: datetime | None = None) -> Registration:
    """Say yes to the offer with this number. A second time it is still theirs.

    TooLate when the offer has passed; ValidationError when they have a place elsewhere then.
    """
    now = now or timezone.now()
    registration = current(registration)
    if registration.state == State.PLACED:
        return registration
    if not is_offered(registration, offer, now):
        raise TooLate(GONE)
    if has_place_elsewhere(registration):
        raise ValidationError(ELSEWHERE, code="elsewhere")
    registration.become(State.PLACED, now, seat=registration.seat)
    letters.placed(registration)
    return registration


@transaction.atomic
def pass_on(registration: Registration, *, offer: int, now: datetime | None = None) -> Registration:
    """Say no to the offer with this number: it goes to the next, and this person off the list.

    A second time it is passed on still. TooLate when the offer has passed.
    """
    now = now or timezone.now()
    registration = current(registration)
    if registration.state == State.CANCELLED:
        return registration
    if not is_offered(registration, offer, now):
        raise TooLate(GONE)
    registration.become(State.CANCELLED, now)
    fill(registration.edition, now)
    return registration


@transaction.atomic
def take_free(registration: Registration, now: datetime | None = None) -> Registration:
    """Give somebody who waits a place that is free and meant for nobody else.

    TooLate when there is none any more; ValidationError when they have a place elsewhere then.
    """
    now = now or timezone.now()
    registration = current(registration)
    edition = registration.edition
    seats = free_seats(edition)
    ready = registration.state == State.WAITING and edition.status == Edition.Status.OPEN
    meant = next_in_line(edition, now)
    allowed = chance(registration.status_on(localdate(now)), edition) != Chance.NO
    if not (ready and seats and allowed and now < edition.starts_at):
        raise TooLate(GONE)
    if meant is not None and meant.pk != registration.pk:
        raise TooLate(GONE)
    if has_place_elsewhere(registration):
        raise ValidationError(ELSEWHERE, code="elsewhere")
    registration.become(State.PLACED, now, seat=seats[0])
    letters.placed(registration)
    return registration


def lapse_offers(now: datetime | None = None) -> int:
    """Give every offer that was not answered in time to the next; its person waits on.

    Not while an answer may be among mail that we have not looked at, or waits for a person.
    """
    now, lapsed = now or timezone.now(), 0
    if intake.is_behind():
        return 0
    late = Registration.objects.offered().filter(offered_until__lte=now)
    for registration in late.order_by("edition", "pk"):
        with transaction.atomic():
            registration = current(registration)
            if registration.state != State.OFFERED or registration.offered_until > now:
                continue
            if waits_for_a_reader(registration) and registration.edition.starts_at > now:
                continue
            if not _lapse(registration, now):
                continue
        lapsed += 1
    return lapsed


def _lapse(registration, now) -> bool:
    """Let one offer lapse. False when its mail never left: then it is offered anew, with a day."""
    again = holds_until(registration.edition.starts_at, now)
    if _was_undelivered(registration.offer_mail) and again is not None:
        registration.keep(offered_until=again)
        letters.offered(registration)
        return False
    registration.become(State.WAITING, now)
    letters.lapsed(registration)
    fill(registration.edition, now)
    return True


@transaction.atomic
def hold_on(registration: Registration, now: datetime | None = None) -> None:
    """Hold an offer anew, when its day was over before the mail about it was read."""
    now = now or timezone.now()
    registration = current(registration)
    if registration.state != State.OFFERED or registration.offered_until > now:
        return
    again = holds_until(registration.edition.starts_at, now)
    if again is not None:
        registration.keep(offered_until=again)
        letters.offered(registration)


def _was_undelivered(mail: OutgoingMail | None) -> bool:
    """Whether this mail is still in the outbox, or grew too old there."""
    return mail is not None and mail.status not in (
        OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED
    )  # fmt: skip


# --- Giving up -----------------------------------------------------------------------------------


@transaction.atomic
def cancel(registration: Registration, now: datetime | None = None) -> Registration:
    """Give up a place or a wait: the place goes to the next.

    TooLate when it was given up already, or has begun.
    """
    now = now or timezone.now()
    registration = current(registration)
    if not registration.is_live or registration.edition.starts_at <= now:
        raise TooLate(DONE)
    had_place = registration.state == State.PLACED
    registration.become(State.CANCELLED, now)
    if had_place:
        letters.cancelled(registration)
    fill(registration.edition, now)
    return registration


@transaction.atomic
def end(registration: Registration, why: letters.Why, now: datetime | None = None) -> Registration:
    """Take a place back, or somebody off the list, and say why by mail.

    TooLate when it had ended, or has begun.
    """
    now = now or timezone.now()
    registration = current(registration)
    if not registration.is_live or registration.edition.starts_at <= now:
        raise TooLate(DONE)
    registration.become(State.ENDED, now)
    letters.ended(registration, why)
    fill(registration.edition, now)
    return registration


@transaction.atomic
def change(registration: Registration, **answers) -> Registration:
    """Keep other answers: role, question, diet, access."""
    registration = current(registration)
    for name, value in answers.items():
        setattr(registration, name, value)
    registration.save(update_fields=answers)
    return registration
