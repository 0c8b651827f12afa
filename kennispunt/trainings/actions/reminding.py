"""Reminders: one for each meeting to everyone with a place, with a way to give it up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from kennispunt.trainings import letters
from kennispunt.trainings.locking import current
from kennispunt.trainings.models import Edition, Meeting, Notice, Registration
from kennispunt.trainings.periods import REMIND_BEFORE

NOT_JUST_BEFORE = timedelta(hours=3)  # then it helps nobody any more
JUST_SIGNED_UP = timedelta(days=1)  # had the same words in a mail yesterday


def remind(now: datetime) -> int:
    """Remind everyone of the meetings of the coming days. Safe to kill and to repeat."""
    sent = 0
    meetings = Meeting.objects.filter(
        edition__status=Edition.Status.OPEN,
        starts_at__gt=now + NOT_JUST_BEFORE,
        starts_at__lte=now + REMIND_BEFORE,
    )
    for meeting in meetings.select_related("edition__training", "edition__room"):
        for registration in _to_remind(meeting, now):
            sent += _remind_one(registration, meeting)
    return sent


def _kind_of(meeting: Meeting) -> str:
    """A meeting that was moved is worth a new reminder."""
    return f"reminder {meeting.pk} {meeting.starts_at:%Y-%m-%d %H:%M}"


def _to_remind(meeting, now):
    told = Notice.objects.filter(registration=OuterRef("pk"), kind=_kind_of(meeting))
    rows = meeting.edition.registrations.placed().filter(~Exists(told), person__isnull=False)
    early = rows.filter(signed_up_at__lt=now - JUST_SIGNED_UP)
    return list(early.select_related("person", "booked_by"))


@transaction.atomic
def _remind_one(registration: Registration, meeting: Meeting) -> bool:
    """Remind one person, unless another process was first."""
    registration = current(registration)
    if registration.state != Registration.State.PLACED or registration.person is None:
        return False  # gave it up just now
    _, new = Notice.objects.get_or_create(registration=registration, kind=_kind_of(meeting))
    if new:
        letters.reminder(registration, meeting)
    return new
