"""Places that end or are confirmed by a decision, the end of a mandate, or forgetting a person."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.parties.models import Mandate, Party
from kennispunt.trainings import letters
from kennispunt.trainings.actions import places
from kennispunt.trainings.locking import current
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.permissions import Chance, chance

State = Registration.State


def _all_locked(registrations):
    """Lock all editions of these, in one order, so that nobody waits in a circle."""
    editions = Edition.objects.filter(pk__in=registrations.values("edition").order_by())
    list(editions.select_for_update().order_by("pk").values_list("pk"))
    return registrations.order_by("edition", "pk")


def _coming_of(party: Party, now: datetime):
    """Return the places and waits of a party at editions that have not begun."""
    return Registration.objects.live().filter(party=party, edition__starts_at__gt=now)


@transaction.atomic
def party_decided(party: Party, now: datetime | None = None) -> None:
    """Make provisional places of a party places, or let them go, as was decided about it.

    The place of a person whom nobody accepted yet stays provisional until somebody does.
    """
    now = now or timezone.now()
    _settle(_coming_of(party, now), party, now)


@transaction.atomic
def person_accepted(mandate: Mandate, now: datetime | None = None) -> None:
    """Make provisional places of a person places: the party is known, and now they are too."""
    now = now or timezone.now()
    _settle(_coming_of(mandate.party, now).of(mandate.person), mandate.party, now)


def _settle(registrations, party: Party, now: datetime) -> None:
    status = party.status_on(localdate(now))
    unknown = set(party.mandates.open().filter(accepted_on=None).values_list("person", flat=True))
    for registration in _all_locked(registrations).select_related("edition__training"):
        gives = chance(status, registration.edition)
        if registration.person_id in unknown:
            continue
        if gives == Chance.NO and (registration.is_provisional or not registration.seat):
            places.end(registration, letters.Why.PARTY, now)
        elif gives in (Chance.PLACE, Chance.LEFT):
            _confirm(registration, comes_last=gives == Chance.LEFT)


@transaction.atomic
def _confirm(registration: Registration, *, comes_last: bool) -> None:
    """Make it no longer provisional, and tell the person that the place is theirs."""
    registration = current(registration)
    was_provisional = registration.is_provisional
    registration.keep(is_provisional=False, comes_last=comes_last)
    if was_provisional and registration.state == State.PLACED:
        letters.placed(registration)


@transaction.atomic
def mandate_ended(mandate: Mandate, now: datetime | None = None) -> None:
    """End the places of somebody who no longer speaks for the party."""
    now = now or timezone.now()
    for registration in _all_locked(_coming_of(mandate.party, now).of(mandate.person)):
        places.end(registration, letters.Why.MANDATE, now)


@transaction.atomic
def forget(person) -> None:
    """Leave no word that this person was anywhere; places to come go to the next."""
    now = timezone.now()
    # First the parties, then the editions: in the order of a decision about a party meanwhile.
    theirs = Party.objects.filter(pk__in=Mandate.objects.of(person).values("party"))
    list(theirs.select_for_update().order_by("pk").values_list("pk"))
    mine = Registration.objects.live().of(person)
    for registration in _all_locked(mine.filter(edition__starts_at__gt=now)):
        places.end(registration, letters.Why.MANDATE, now)
    Registration.objects.of(person).filter(state__in=[State.WAITING, State.OFFERED]).update(
        state=State.ENDED, seat=None, offered_until=None
    )
    Registration.objects.of(person).update(person=None, role="", question="", diet="", access="")
    Registration.objects.filter(booked_by=person).update(booked_by=None)
