"""The things that our tests are about. Give only what matters to the test."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.tests.make import make_area, make_mandate, make_party
from kennispunt.trainings.actions import editions, places
from kennispunt.trainings.models import Edition, Meeting, Room, Theme, Training

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def make_theme(slug="leden") -> Theme:
    return Theme.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]


def make_training(slug="leden-werven", **fields) -> Training:
    """A training for board members."""
    fields = {"for_board": True, "theme": fields.pop("theme", None) or make_theme()} | fields
    fields = {"title": "Leden werven", "lead": "Een avond oefenen.", "body": "Wat."} | fields
    return Training.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_room(name="Dorpshuis De Singel", **fields) -> Room:
    fields = {"town": "Assen", "address": "Singel 1", "area": None} | fields
    fields["area"] = fields["area"] or make_area()
    return Room.objects.get_or_create(name=name, defaults=fields)[0]


def make_edition(*, starts_at=None, days=30, hours=2, evenings=1, **fields) -> Edition:
    """An open edition in Assen, an evening thirty days from now, with 16 places."""
    starts_at = starts_at or (timezone.now() + timedelta(days=days)).replace(microsecond=0)
    fields = {"status": Edition.Status.OPEN} | fields
    fields.setdefault("training", None)
    fields["training"] = fields["training"] or make_training()
    fields.setdefault("room", make_room())
    length = timedelta(hours=hours)
    begins = [starts_at + timedelta(days=7 * number) for number in range(evenings)]
    edition = Edition.objects.create(starts_at=begins[0], ends_at=begins[-1] + length, **fields)
    Meeting.objects.bulk_create(
        Meeting(edition=edition, starts_at=begin, ends_at=begin + length) for begin in begins
    )
    return edition


def replan(edition, **changes) -> int:
    """Change these fields of an edition as the desk does, and leave the others as they are."""
    edition = Edition.objects.get(pk=edition.pk)
    names = ("room", "online_link", "places")
    fields = {"meetings": edition.moments} | {name: getattr(edition, name) for name in names}
    return editions.change(edition, **fields | changes)


def delivered() -> None:
    """All mail has left: an offer then lapses when nobody answers."""
    OutgoingMail.objects.open().update(status=OutgoingMail.Status.SENT, ended_at=timezone.now())


def amsterdam(*moment) -> datetime:
    """A moment on a Dutch clock: amsterdam(2026, 12, 3, 19, 30)."""
    return datetime(*moment, tzinfo=AMSTERDAM)


def sign_up(edition, *people, by=None, party=None, now=None, **answers):
    """Sign these people up for the party that the first of them speaks for."""
    from kennispunt.parties.permissions import mandates_of

    party = party or mandates_of(people[0])[0].party
    guests = [places.Guest(person, **answers) for person in people]
    return places.sign_up(edition, party=party, by=by or people[0], guests=guests, now=now)


def make_parties(make_user, number, **fields):
    """So many people, each of a party of their own."""
    people = []
    for index in range(number):
        person = make_user(f"person{index}")
        make_mandate(person, make_party(f"Partij {index}", **fields))
        people.append(person)
    return people
