"""Editions: plan, copy, publish, move, cancel. Each with the edition locked (locking.py).

Everyone with a place or a wait hears of it in the same transaction, and so does the trainer, unless
she is `by`: after a kill either the change was made and every mail is in the outbox, or neither. A
second time does nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.office.dutch_clock import Meeting as Moments
from kennispunt.office.dutch_clock import moved_along, shifted
from kennispunt.trainings import letters, to_trainers
from kennispunt.trainings.actions import places, trainers
from kennispunt.trainings.finding import nearest_instead
from kennispunt.trainings.locking import locked
from kennispunt.trainings.models import Edition, EditionMail, Meeting, Registration, Room
from kennispunt.ui.rows import TooLate

Status, State, Part = Edition.Status, Registration.State, EditionMail.Part

# What an edition made from another takes over; the days, the place and the trainer are its own.
COPIED = (
    "training", "places", "minimum", "max_per_party", "asks_diet", "asks_access", "bring",
    "meetings_needed",
)  # fmt: skip


# --- Planning ------------------------------------------------------------------------------------


@transaction.atomic
def create(*, meetings: Iterable[Moments], **fields) -> Edition:
    """Make an edition as a draft: nobody sees it yet, and its trainer does not hear of it."""
    meetings = _in_order(meetings)
    edition = Edition.objects.create(status=Status.DRAFT, **fields, **_span(meetings))
    Meeting.objects.bulk_create(
        Meeting(edition=edition, starts_at=start, ends_at=end) for start, end in meetings
    )
    return edition


@dataclass(frozen=True)
class Again:
    """One of a series: the day of its first meeting, its place and its trainer."""

    on: date
    room: Room | None = None
    online_link: str = ""
    trainer: object = None  # accounts.User


@transaction.atomic
def series(edition: Edition, ones: Iterable[Again]) -> list[Edition]:
    """Make drafts like this edition, each on its own day and place. All of them, or none."""
    meetings = edition.moments
    first = localdate(meetings[0][0])
    return [
        create(
            meetings=shifted(meetings, one.on),
            room=one.room,
            online_link="" if one.room else one.online_link,
            trainer=one.trainer,
            opens_at=moved_along(edition.opens_at, one.on - first),
            closes_at=moved_along(edition.closes_at, one.on - first),
            **{name: getattr(edition, name) for name in COPIED},
        )
        for one in ones
    ]


@transaction.atomic
def publish(edition: Edition, *, by=None, now: datetime | None = None) -> Edition:
    """Put a draft in the agenda, which its trainer hears.

    TooLate when it is there already; ValidationError when it is cancelled, or has begun.
    """
    now = now or timezone.now()
    found = _put_in_agenda(edition, now)
    to_trainers.tell([found], by=by, now=now)
    return found


@transaction.atomic
def publish_all(
    editions: Iterable[Edition], *, by=None, now: datetime | None = None
) -> list[Edition]:
    """Put these in the agenda, all of them or none; each trainer gets one mail.

    One that is there already is left alone. ValidationError says which cannot be, and why.
    """
    now, done, problems = now or timezone.now(), [], []
    # In one order: an action that takes a room or a trainer away locks many too.
    for edition in sorted(editions, key=lambda one: one.pk):
        try:
            done.append(_put_in_agenda(edition, now))
        except TooLate:
            continue
        except ValidationError as problem:
            problems.append(f"{edition}: {problem.messages[0]}")
    if problems:
        raise ValidationError(problems)
    to_trainers.tell(done, by=by, now=now)
    return done


def _put_in_agenda(edition, now) -> Edition:
    edition = locked(edition)
    if edition.status == Status.OPEN:
        raise TooLate("Deze editie staat al in de agenda.")
    if edition.status == Status.CANCELLED:
        raise ValidationError("Deze editie is afgezegd. Maak een kopie.", code="cancelled")
    if edition.starts_at <= now:
        raise ValidationError("De eerste bijeenkomst is al voorbij. Kies een andere dag.", "past")
    edition.keep(status=Status.OPEN)
    return edition


@transaction.atomic
def discard(edition: Edition) -> None:
    """Throw a draft away. TooLate when it is gone; ValidationError when it was in the agenda."""
    edition = locked(edition)
    if edition.status != Status.DRAFT:
        raise ValidationError("Deze editie stond in de agenda. Zeg haar af.", code="open")
    edition.delete()


# --- Changing ------------------------------------------------------------------------------------


@transaction.atomic
def change(
    edition: Edition, *, meetings, room, online_link="", places: int, seen=None, by=None, now=None,
    **fields,
) -> int:  # fmt: skip
    """Change everything that the desk plans, at once. Returns how many people hear that it moved.

    A trainer who goes hears when it was; the one who comes instead, when it will be.
    `seen` is the `changed_at` that was on the screen: changing it after a colleague did
    meanwhile is a ValidationError with the code "seen". Others have the code of their field.
    """
    edition = locked(edition)
    if seen is not None and edition.changed_at != seen:
        raise ValidationError(
            "Een collega veranderde deze editie intussen. Open haar opnieuw.", code="seen"
        )
    if edition.status == Status.CANCELLED:
        raise ValidationError("Deze editie is afgezegd. Maak een kopie.", code="cancelled")
    if (
        edition.status != Status.DRAFT
        and fields.get("training", edition.training) != edition.training
    ):
        raise ValidationError("Mensen schreven zich in voor deze training.", code="training")
    trainer = fields.pop("trainer", edition.trainer)
    if trainer != edition.trainer:
        edition = trainers.assign(edition, None, by=by, now=now)
    edition.keep(**fields)
    _change_places(edition, places, now)
    told = _set_meetings(edition, meetings, room=room, online_link=online_link, by=by, now=now)
    trainers.assign(edition, trainer, by=by, now=now)
    return told


@transaction.atomic
def _set_meetings(
    edition: Edition, meetings: Iterable[Moments], *, room: Room | None, online_link: str = "",
    by=None, now: datetime | None = None,
) -> int:  # fmt: skip
    """Set when and where it is, and tell everyone with a place or a wait, and the trainer.

    A meeting that moves stays the same one, so that it moves in calendars; one that is dropped is
    taken out of them. Returns how many people were mailed, the trainer not counted.
    """
    now, edition, meetings = now or timezone.now(), locked(edition), _in_order(meetings)
    was = letters.Was.of(edition)
    elsewhere = edition.room_id != (room.pk if room else None)
    other_times = edition.moments != meetings
    moved = elsewhere or other_times
    new_link = not moved and room is None and edition.online_link != online_link
    if not moved and edition.online_link == online_link:
        return 0
    last_end = max(edition.ends_at, _span(meetings)["ends_at"])
    gone = _keep_in_step(edition, meetings) if other_times else []
    tells = edition.status == Status.OPEN and moved
    edition.keep(
        room=room, online_link=online_link, sequence=edition.sequence + tells, **_span(meetings)
    )
    # Nobody holds an offered place after it has begun.
    edition.registrations.offered().filter(offered_until__gt=edition.starts_at).update(
        offered_until=edition.starts_at
    )
    if last_end <= now or not (moved or new_link):
        return 0
    told = list(edition.registrations.live().to_write_to())
    if new_link:
        told = [one for one in told if one.state == State.PLACED]
    for registration in told:
        letters.changed(registration, was=was, gone=gone, moved=moved)
    if to_trainers.hears(edition, edition.trainer, by=by, now=now):
        to_trainers.changed(edition, was=was, gone=gone, moved=moved, others=bool(told))
    return len(told)


@transaction.atomic
def room_moved(room: Room, was: str, *, by=None, now: datetime | None = None) -> int:
    """Tell everyone who comes to a room that has another address than it `was`, and the trainers.

    How many people were mailed; a trainer gets one mail, however many editions are there.
    """
    now, told, found, others = now or timezone.now(), 0, [], set()
    for edition in Edition.objects.coming_in(room, now).order_by("pk"):
        edition = locked(edition)
        edition.keep(sequence=edition.sequence + 1)
        before = letters.Was(list(edition.meetings.all()), was)
        for registration in edition.registrations.live().to_write_to():
            letters.changed(registration, was=before, gone=[], moved=True)
            told += 1
            others.add(edition.pk)
        found.append(edition)
    for trainer, hers in to_trainers.of_each(found, by=by, now=now):
        to_trainers.room_moved(trainer, hers, was=was, others=any(one.pk in others for one in hers))
    return told


def _keep_in_step(edition, meetings) -> list[Meeting]:
    """Make the rows of these meetings; returns those that are no more."""
    rows = list(edition.meetings.all())
    same = {row.starts_at: row for row in rows if row.starts_at in {begin for begin, _ in meetings}}
    free = [row for row in rows if row.starts_at not in same]
    for start, end in meetings:
        row = same.get(start) or (free.pop(0) if free else Meeting(edition=edition))
        row.starts_at, row.ends_at = start, end
        row.save(update_fields=["starts_at", "ends_at"] if row.pk else None)
    if any(row.attendances.exists() for row in free):
        raise ValidationError(
            "Van een bijeenkomst die je weghaalt, is al ingevuld wie er was.", code="meetings"
        )
    edition.meetings.filter(pk__in=[row.pk for row in free]).delete()
    return free


@transaction.atomic
def _change_places(edition: Edition, number: int, now: datetime | None = None) -> None:
    """Give more places, to people who wait; or fewer, never below those given: code "places"."""
    edition = locked(edition)
    given = edition.registrations.exclude(seat=None).count()
    if number < given:
        raise ValidationError(f"Er zijn al {given} plekken gegeven.", code="places")
    if number == edition.places:
        return
    more = number > edition.places
    edition.keep(places=number)
    if more:
        places.fill(edition, now)


@transaction.atomic
def go_ahead(edition: Edition) -> None:
    """Let it go on with the people who are there: the desk need not decide again."""
    edition = locked(edition)
    given = edition.registrations.exclude(seat=None).count()
    edition.keep(minimum=min(edition.minimum, given))


@transaction.atomic
def keep_costs(
    edition: Edition, *, costs: Decimal | None, hours: Decimal | None, note: str
) -> None:
    """Keep its costs, our hours and a note for ourselves."""
    edition = locked(edition)
    edition.keep(costs=costs, hours=hours, note=note)


# --- Cancelling ----------------------------------------------------------------------------------


@transaction.atomic
def cancel(edition: Edition, *, reason: str = "", by=None, now: datetime | None = None) -> int:
    """Call it off, tell everyone with a place or a wait, and show them the nearest one instead.

    Returns how many people were mailed, the trainer not counted. TooLate when it was off already;
    ValidationError for a draft, and when it has begun.
    """
    now, edition = now or timezone.now(), locked(edition)
    if edition.status == Status.CANCELLED:
        raise TooLate("Deze editie was al afgezegd.")
    if edition.status == Status.DRAFT:
        raise ValidationError("Deze editie staat nog niet in de agenda.", code="draft")
    if edition.starts_at <= now:
        raise ValidationError("Deze editie is al begonnen.", code="begun")
    told = list(edition.registrations.live().to_write_to())
    edition.keep(status=Status.CANCELLED, cancelled_at=now, cancel_reason=reason)
    instead = nearest_instead(edition, now)
    for registration in told:
        had_place = registration.state == State.PLACED
        registration.become(State.ENDED, now)
        letters.called_off(registration, had_place=had_place, instead=instead)
    if to_trainers.hears(edition, edition.trainer, by=by, now=now):
        to_trainers.called_off(edition, others=bool(told))
    # Somebody erased is no person here any more, but may still have a seat.
    edition.registrations.live().update(state=State.ENDED, seat=None, offered_until=None)
    return len(told)


# --- Mail to a part ------------------------------------------------------------------------------


@transaction.atomic
def mail_part(
    edition: Edition, *, part: str, subject: str, body: str, by, now: datetime | None = None
) -> EditionMail:
    """Write to a part of an edition, each person one mail.

    TooLate when this very mail went before, ValidationError when nobody is in that part.
    """
    edition = locked(edition)
    if edition.mails.filter(part=part, subject=subject, body=body).exists():
        raise TooLate("Deze mail is al verstuurd.")
    people = list(edition.registrations.in_part(part).to_write_to())
    if not people:
        raise ValidationError("Er is niemand om naar te mailen.", code="part")
    mail = EditionMail.objects.create(
        edition=edition, part=part, subject=subject, body=body, written_by=by,
        sent_at=now or timezone.now(), count=len(people),
    )  # fmt: skip
    letters.send_from_desk(letters.from_desk(edition, subject, body), people)
    return mail


# --- Meetings ------------------------------------------------------------------------------------


def _in_order(meetings) -> list[Moments]:
    found = sorted(meetings)
    if not found:
        raise ValidationError("Vul ten minste één bijeenkomst in.", code="meetings")
    for (_, end), (start, _) in pairwise(found):
        if start < end:
            raise ValidationError("Twee bijeenkomsten zijn tegelijk.", code="meetings")
    return found


def _span(meetings) -> dict:
    return {"starts_at": meetings[0][0], "ends_at": max(end for _, end in meetings)}
