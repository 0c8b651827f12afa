"""A training for search engines (schema.org). Only what the page itself shows."""

import hashlib
from collections.abc import Iterable

from django.urls import reverse

from kennispunt.knowledge.structured import publisher, trail
from kennispunt.trainings.calendars import local
from kennispunt.trainings.models import Edition, Training
from kennispunt.ui.links import full_address

SCHEMA = "https://schema.org/"


def picture_version(found: Training) -> str:
    """Changes when the card of the training would look different."""
    return hashlib.sha256(found.title.encode()).hexdigest()[:10]


def picture_address(found: Training) -> str:
    return reverse("trainings:card", args=[found.slug, picture_version(found)])


def training(found: Training, editions: Iterable[Edition]) -> list[dict]:
    return [*(event(one) for one in editions), steps(found)]


def edition(found: Edition) -> list[dict]:
    return [event(found), steps(found.training, (found.place.capitalize(), found))]


def steps(found, *more):
    last = [(title, one.get_absolute_url()) for title, one in more]
    agenda = ("Trainingen", reverse("trainings:agenda"))
    return trail(agenda, (found.title, found.get_absolute_url()), *last)


def event(found: Edition) -> dict:
    """One edition; several meetings are events of their own below it."""
    off = found.status == Edition.Status.CANCELLED
    where = "Offline" if found.room else "Online"
    made = {
        "@type": "Event",
        "name": found.training.title,
        "description": found.training.lead,
        "url": full_address(found),
        "image": full_address(picture_address(found.training)),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "organizer": publisher(),
        "eventStatus": f"{SCHEMA}{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}{where}EventAttendanceMode",
        "location": place(found),
        "maximumAttendeeCapacity": found.places,
        "remainingAttendeeCapacity": max(0, found.places - found.taken),
        **times(found),
    }
    meetings = list(found.meetings.all())
    if len(meetings) > 1:
        made["subEvent"] = [
            {"@type": "Event", "name": found.training.title, "location": place(found)} | times(one)
            for one in meetings
        ]
    return made


def times(one) -> dict:
    """In Dutch time, with its offset."""
    return {
        "startDate": local(one.starts_at).isoformat(),
        "endDate": local(one.ends_at).isoformat(),
    }


def place(found: Edition) -> dict:
    """The room; online the page itself, as only participants see the link."""
    if not found.room:
        return {
            "@type": "VirtualLocation",
            "url": full_address(found),
        }
    room = found.room
    address = {
        "@type": "PostalAddress",
        "streetAddress": room.address,
        "addressLocality": room.town,
        "addressCountry": "NL",
    }
    if room.postcode:
        address["postalCode"] = room.postcode
    return {"@type": "Place", "name": room.name, "address": address}
