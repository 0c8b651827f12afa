"""Attendance: marked by the trainer, and corrected."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kennispunt.trainings.models import Attendance, Meeting, Registration


@transaction.atomic
def mark(
    meeting: Meeting, registration: Registration, *, was_there: bool, now: datetime | None = None
) -> None:
    """Keep that somebody with a place was at this meeting, or was not. The last word counts.

    ValidationError when it is too early, or it is not somebody with a place here.
    """
    _check(meeting, now)
    if registration.edition_id != meeting.edition_id:
        raise ValidationError("Deze persoon hoort bij een andere editie.", code="stranger")
    if registration.state != Registration.State.PLACED:
        raise ValidationError("Deze persoon heeft geen plek meer.", code="no_place")
    Attendance.objects.update_or_create(
        registration=registration, meeting=meeting, defaults={"was_there": was_there}
    )


@transaction.atomic
def mark_the_rest(meeting: Meeting, now: datetime | None = None) -> int:
    """Mark everybody who was not marked yet as present. Returns how many."""
    _check(meeting, now)
    placed = Registration.objects.placed().filter(edition=meeting.edition_id)
    rest = placed.exclude(attendances__meeting=meeting)
    made = [Attendance(registration=one, meeting=meeting, was_there=True) for one in rest]
    # Two taps at once: what the other marked stays.
    Attendance.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _check(meeting, now):
    if not meeting.takes_marks(now or timezone.now()):
        raise ValidationError("Dit kan vanaf twee uur voor het begin.", code="early")
