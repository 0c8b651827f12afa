"""After a training: thanks, three questions, and half a year later one more.

What somebody answers is kept without their name. That they answered is kept with their place, so
both get the same day, that of the training: no day or hour ties an answer to a person.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.trainings import letters
from kennispunt.trainings.models import Attendance, Edition, Evaluation, Notice, Registration
from kennispunt.trainings.periods import (
    ASK_LATER,
    ASK_LATER_WITHIN,
    THANK_AT_LATEST,
    THANK_WITHIN,
)
from kennispunt.ui.rows import TooLate

Moment = Evaluation.Moment


def _given(since: datetime, until: datetime):
    """Places of people at editions that were over between these moments; `was_there`, `marked`."""
    marks = Attendance.objects.filter(registration=OuterRef("pk"))
    last = marks.filter(meeting__ends_at=F("registration__edition__ends_at"))
    rows = Registration.objects.placed().filter(
        person__isnull=False,
        edition__status=Edition.Status.OPEN,
        edition__ends_at__gt=since,
        edition__ends_at__lte=until,
    )
    rows = rows.annotate(
        was_there=Exists(marks.filter(was_there=True)),
        is_marked=Exists(marks),
        is_marked_at_the_end=Exists(last),
    )
    return rows.select_related("person", "edition__training", "edition__room").order_by("pk")


def thank(now: datetime | None = None) -> int:
    """Thank everyone who was there, once: when the trainer marked it, else half a day later.

    People who did not come get nothing; when nobody was marked we suppose that all came.
    """
    now, sent = now or timezone.now(), 0
    rows = _given(now - THANK_WITHIN, now).exclude(notices__kind=Notice.THANKS)
    for one in rows:
        is_known = one.is_marked_at_the_end or now >= one.edition.ends_at + THANK_AT_LATEST
        if is_known and (one.was_there or not one.is_marked):
            sent += _once(one, Notice.THANKS, letters.thanks)
    return sent


def ask_later(now: datetime | None = None) -> int:
    """Ask everyone who was there, half a year later, what they used of it. Once."""
    now, sent = now or timezone.now(), 0
    until = now - ASK_LATER
    rows = _given(until - ASK_LATER_WITHIN, until).exclude(notices__kind__startswith=Notice.LATER)
    for one in rows.filter(was_there=True):
        sent += _once(one, Notice.LATER, letters.later)
    return sent


@transaction.atomic
def _once(registration, kind, write) -> bool:
    """Keep the note and the mail together: a kill leaves both or none. False: it went before."""
    _, is_new = Notice.objects.get_or_create(registration=registration, kind=kind)
    return is_new and write(registration) is not None


# --- Answering -----------------------------------------------------------------------------------


@transaction.atomic
def evaluate(
    registration: Registration, moment: Moment, *, grade: int | None = None, useful: str = "",
    better: str = "", now: datetime | None = None,
) -> None:  # fmt: skip
    """Keep an answer without a name. TooLate when they answered before, or it is too long ago."""
    now = now or timezone.now()
    if not (registration.takes_evaluation(moment, now) and _claim(registration, moment)):
        raise TooLate("Je hebt al geantwoord, of het is te lang geleden.")
    day = localdate(registration.edition.ends_at)
    Evaluation.objects.create(
        edition=registration.edition, moment=moment, grade=grade, useful=useful, better=better,
        given_on=day + ASK_LATER if moment == Moment.LATER else day,
    )  # fmt: skip


def _claim(registration, moment) -> bool:
    """Let one of two answers at once count."""
    if moment == Moment.LATER:
        asked = Notice.objects.filter(registration=registration, kind=Notice.LATER)
        return bool(asked.update(kind=Notice.LATER_ANSWERED))
    mine = Registration.objects.filter(pk=registration.pk, evaluated_on=None)
    return bool(mine.update(evaluated_on=localdate(registration.edition.ends_at)))
