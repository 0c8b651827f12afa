"""Example trainings, for development: rooms and evenings near the example parties. Invented."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area
from kennispunt.parties.permissions import mandates_of
from kennispunt.trainings.models import (
    Attendance,
    Edition,
    Evaluation,
    Meeting,
    Registration,
    Room,
    Theme,
    Training,
)

THEMES = {"leden": "Leden en vrijwilligers", "oprichten": "Oprichten", "kandidaten": "Kandidaten"}
TRAININGS = {
    "voorbeeld-leden-werven": {
        "title": "Voorbeeld: leden werven in je eigen dorp",
        "theme": "leden",
        "lead": "Een avond oefenen met één vraag: hoe maak je van een belangstellende een lid dat "
        "iets doet?",
        "body": "Je oefent een gesprek, en je gaat naar huis met een plan voor drie maanden.",
        "preparation": "Schrijf op wie de laatste twee leden waren, en hoe ze bij je kwamen.",
        "for_board": True,
        "for_volunteers": True,
    },
    "voorbeeld-vragenuur-naam": {
        "title": "Voorbeeld: vragenuur over je naam vastleggen",
        "theme": "oprichten",
        "lead": "Een uur online, voor wie een partij begint.",
        "body": "Je neemt je eigen vraag mee. We lopen de stappen langs.",
        "for_founders": True,
        "for_board": True,
    },
    "voorbeeld-kandidatenlijst": {
        "title": "Voorbeeld: een goede kandidatenlijst",
        "theme": "kandidaten",
        "lead": "Een ochtend over zoeken, kiezen en samen op de lijst.",
        "body": "Je maakt een profiel van de groep die je zoekt, en oefent een gesprek.",
        "for_board": True,
        "for_candidates": True,
    },
}
ROOMS = {
    "GM0106": ("Dorpshuis De Vlinder", "Zandpad 1", "Assen"),
    "GM0114": ("Buurthuis Het Kompas", "Kanaaldijk 8", "Emmen"),
    "GM0363": ("Zaal De Brug", "Havenkade 12", "Amsterdam"),
}
# Training, room, days from now, hour, places. The evening in Assen is soon full.
EDITIONS = [
    ("voorbeeld-leden-werven", "GM0106", 8, time(19, 30), 2),
    ("voorbeeld-leden-werven", "GM0363", 20, time(19, 30), 16),
    ("voorbeeld-vragenuur-naam", None, 12, time(20, 0), 30),
    ("voorbeeld-kandidatenlijst", "GM0114", 33, time(10, 0), 12),
]


def load():
    """Make the example trainings. Safe to repeat: it adds editions only where there are none."""
    themes = {
        slug: Theme.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in THEMES.items()
    }
    rooms = {None: None} | {code: room_in(code, *about) for code, about in ROOMS.items()}
    tess = User.objects.get(email="tess@example.org")
    for slug, fields in TRAININGS.items():
        Training.objects.get_or_create(
            slug=slug, defaults=fields | {"theme": themes[fields["theme"]]}
        )
    if Edition.objects.filter(training__slug__in=TRAININGS).exists():
        return
    for slug, code, days, hour, places in EDITIONS:
        begins = datetime.combine(localdate() + timedelta(days=days), hour, get_current_timezone())
        ends = begins + timedelta(hours=2, minutes=30)
        edition = Edition.objects.create(
            training=Training.objects.get(slug=slug), room=rooms[code], trainer=tess,
            status=Edition.Status.OPEN, starts_at=begins, ends_at=ends, places=places, minimum=2,
            online_link="" if code else "https://overleg.example/vragenuur",
        )  # fmt: skip
        Meeting.objects.create(edition=edition, starts_at=begins, ends_at=ends)
    given(Training.objects.get(slug="voorbeeld-leden-werven"), rooms["GM0106"], tess)


# The people at an evening three weeks ago, and what five of them said of it.
WAS_THERE = {"anna@example.org": True, "bram@example.org": False, "carla@example.org": True}
SAID = [
    (8, "Volgende week bellen we tien mensen.", "Meer tijd om te oefenen."),
    (7, "", "De zaal was koud."),
    (9, "Een welkomstgesprek met elk nieuw lid.", ""),
    (8, "We maken een belrondje.", "Begin wat eerder op de avond."),
    (8, "", ""),
]


def given(training, room, tess):
    """An evening three weeks ago, and one of three days ago that Tess has still to mark."""
    for days in (21, 3):
        begins = datetime.combine(
            localdate() - timedelta(days=days), time(19, 30), get_current_timezone()
        )
        ends = begins + timedelta(hours=2, minutes=30)
        edition = Edition.objects.create(
            training=training, room=room, trainer=tess, status=Edition.Status.OPEN,
            starts_at=begins, ends_at=ends, costs=180, hours=7,
        )  # fmt: skip
        meeting = Meeting.objects.create(edition=edition, starts_at=begins, ends_at=ends)
        for seat, (email, was_there) in enumerate(WAS_THERE.items(), start=1):
            person = User.objects.get(email=email)
            [mandate, *_] = mandates_of(person)
            one = Registration.objects.create(
                edition=edition, party=mandate.party, person=person, state="placed", seat=seat,
                role=mandate.role, question="Hoe houd ik nieuwe leden vast?" if seat == 1 else "",
                signed_up_at=begins - timedelta(days=9), changed_at=begins - timedelta(days=9),
            )  # fmt: skip
            if days == 21:
                Attendance.objects.create(registration=one, meeting=meeting, was_there=was_there)
        if days == 21:
            Evaluation.objects.bulk_create(
                Evaluation(edition=edition, grade=grade, useful=useful, better=better,
                           given_on=begins.date())
                for grade, useful, better in SAID
            )  # fmt: skip


def room_in(code, name, address, town):
    defaults = {
        "area": Area.objects.get(code=code),
        "address": address,
        "travel": "Bus 1 stopt voor de deur.",
        "parking": "Gratis, naast het gebouw.",
        "accessibility": "Zonder trap, met een aangepast toilet.",
        "has_induction_loop": True,
    }
    return Room.objects.get_or_create(name=name, town=town, defaults=defaults)[0]
