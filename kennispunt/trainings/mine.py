"""Everything that we keep of one person about trainings: to see, to take along, to forget."""

from django.urls import reverse
from django.utils import timezone

from kennispunt.accounts.registry import Mine
from kennispunt.parties.permissions import as_known_to
from kennispunt.trainings.actions import leaving
from kennispunt.trainings.models import Attendance, Registration


def export(person) -> dict:
    """Everything, with the training and the party it is about."""
    mine = Registration.objects.of(person)
    return {
        "inschrijvingen": as_known_to(
            person, mine, "edition__training__title", "edition__starts_at", "state",
            "is_provisional", "role", "question", "diet", "access", "signed_up_at",
            "offered_until", "evaluated_on",
        ),
        "voor een collega ingeschreven": list(
            Registration.objects.filter(booked_by=person)
            .exclude(person=person)
            .values("edition__training__title", "edition__starts_at", "signed_up_at")
        ),
        "aanwezig": list(
            Attendance.objects.filter(registration__in=mine).values(
                "registration__edition__training__title", "meeting__starts_at", "was_there"
            )
        ),
    }  # fmt: skip


def erase(person) -> None:
    """Forget the person; that somebody of the party was there stays, for the figures of a year."""
    leaving.forget(person)


def lines(request):
    """The way from /mijn/ to my trainings; an offered place waits for me."""
    live = Registration.objects.live().of(request.user)
    coming = live.filter(edition__ends_at__gt=timezone.now())
    states = list(coming.values_list("state", flat=True))
    offered = Registration.State.OFFERED in states
    if offered:
        text = "Er is een plek vrij. Wil je hem?"
    elif states:
        text = "Wat je hebt gepland, en wat je deed."
    else:
        text = "Je hebt nog niets gepland."
    yield Mine("Mijn trainingen", reverse("trainings:mine"), text, waits=offered)
