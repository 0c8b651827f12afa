"""Verbs of the desk for somebody on the phone: put them on the list, or give them a place."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.parties.models import Party
from kennispunt.parties.permissions import mandate_for
from kennispunt.trainings import letters
from kennispunt.trainings.actions import places
from kennispunt.trainings.locking import current, locked, one_at_a_time
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.permissions import Chance, chance, comes_last
from kennispunt.trainings.queue import ELSEWHERE, check_person, free_seats, has_place_elsewhere
from kennispunt.ui.rows import TooLate

State = Registration.State


@transaction.atomic
def put_on(
    edition: Edition, *, party: Party, person, by, now: datetime | None = None
) -> Registration:
    """Sign somebody up by phone: a place when one is free, else the waiting list.

    Also when signing up has closed, and past the maximum of a party and the people who wait.
    ValidationError with the codes of sign_up().
    """
    now, edition = now or timezone.now(), locked(edition)
    if edition.status != Edition.Status.OPEN or edition.is_over(now):
        raise ValidationError("Deze editie staat niet in de agenda, of is voorbij.", code="closed")
    mandate = mandate_for(person, party)
    gives = chance((mandate or party).status_on(localdate(now)), edition)
    if gives == Chance.NO:
        raise ValidationError("Deze partij kan geen plek krijgen.", code="party")
    one_at_a_time([person])
    check_person(edition, person, {person.pk} if mandate else set())
    seat = next(iter(free_seats(edition)), None)
    made = Registration.objects.create(
        edition=edition, party=party, person=person, booked_by=by, role=mandate.role, seat=seat,
        state=State.PLACED if seat else State.WAITING,
        is_provisional=gives == Chance.PROVISIONAL,
        comes_last=comes_last(person, party, edition, localdate(now)),
        signed_up_at=now, changed_at=now,
    )  # fmt: skip
    letters.placed(made) if seat else letters.waiting(made)
    return made


@transaction.atomic
def promote(registration: Registration, now: datetime | None = None) -> Registration:
    """Give a free place to somebody who waits or was offered one, before others.

    TooLate when they have it already. ValidationError when no place is free, or it is over.
    """
    now = now or timezone.now()
    registration = current(registration)
    edition = registration.edition
    if registration.state == State.PLACED:
        raise TooLate(places.DONE)
    if not registration.is_live or edition.status != Edition.Status.OPEN or edition.is_over(now):
        raise ValidationError("Deze inschrijving is vervallen.", code="ended")
    if chance(registration.status_on(localdate(now)), edition) == Chance.NO:
        raise ValidationError("Deze partij kan geen plek krijgen.", code="party")
    if has_place_elsewhere(registration):
        raise ValidationError(ELSEWHERE, code="elsewhere")
    seat = registration.seat or next(iter(free_seats(edition)), None)
    if seat is None:
        raise ValidationError("Er is geen plek vrij. Geef de editie eerst meer plaatsen.", "full")
    registration.become(State.PLACED, now, seat=seat)
    letters.placed(registration)
    return registration
