"""The mails to trainers: it is hers, it moved, it is off, or it is hers no more.

A draft is nobody's evening yet: the desk may still move it ten times. A trainer hears of it when it
stands in the agenda. Nobody hears of what is over, nor of what she did herself. Many at once are
one mail. Nothing of a participant is in it; no subject names a training, a place or a person.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from kennispunt.mail.send import Attachment, send
from kennispunt.trainings import calendars
from kennispunt.trainings.letters import Was
from kennispunt.trainings.models import Edition
from kennispunt.ui.links import full_address


def hears(edition: Edition, trainer, *, by, now: datetime) -> bool:
    """Whether this trainer is told of what `by` did to this edition."""
    return (
        trainer is not None
        and trainer != by
        and edition.status != Edition.Status.DRAFT
        and edition.ends_at > now
    )


def tell(editions: Iterable[Edition], *, by, now: datetime) -> None:
    """Tell each trainer in one mail which of these are hers."""
    for trainer, hers in of_each(editions, by=by, now=now):
        given(trainer, hers)


def of_each(editions: Iterable[Edition], *, by, now: datetime) -> list[tuple]:
    """Return each trainer who is told of what `by` did, with her own of these editions."""
    of = defaultdict(list)
    for edition in editions:
        if hears(edition, edition.trainer, by=by, now=now):
            of[edition.trainer].append(edition)
    return sorted(of.items(), key=lambda pair: pair[0].pk)


def given(trainer, editions: Iterable[Edition]) -> None:
    """These are yours, with the appointments."""
    write("trainer_given", trainer, editions)


def taken_off(trainer, editions: Iterable[Edition]) -> None:
    """These are yours no more; out of the calendar too."""
    write("trainer_taken_off", trainer, editions, cancelled=True)


def called_off(edition: Edition, *, others: bool) -> None:
    """The edition is off. `others`, here and below: whether participants were mailed too."""
    write("trainer_called_off", edition.trainer, [edition], cancelled=True, others=others)


def changed(edition: Edition, *, was: Was, gone, moved: bool, others: bool) -> None:
    """It is at another time or place; or, not moved, only the address of the online room is new."""
    off = files(edition, edition.trainer, cancelled=True, meetings=gone) if gone else []
    now = {"was": was, "moved": moved, "others": others}
    write("trainer_changed", edition.trainer, [edition], more=off, **now)


def room_moved(trainer, editions: Iterable[Edition], *, was: str, others: bool) -> None:
    """The room of these has another address."""
    write("trainer_room", trainer, editions, was=was, others=others)


def write(template, trainer, editions, *, cancelled=False, more=(), **context):
    editions = list(editions)
    attachments = [file for one in editions for file in files(one, trainer, cancelled=cancelled)]
    if len(editions) > 1:  # no two files of one mail have the same name
        attachments = [
            replace(file, name=f"{at}-{file.name}") for at, file in enumerate(attachments, 1)
        ]
    address = reverse("trainings:given")
    if len(editions) == 1:
        address = reverse("trainings:give", args=[editions[0].pk])
    send(
        f"trainings/mail/{template}.md",
        to=trainer.email,
        purpose="trainings.trainer",
        attachments=[*attachments, *more],
        name=trainer.name,
        number=len(editions),
        appointments=len(attachments),
        edition=editions[0],
        rows=[(one, list(one.meetings.all()), Was.of(one).place) for one in editions],
        link=full_address(address),
        **context,
    )


def files(edition, trainer, *, cancelled, meetings=None) -> list[Attachment]:
    """The appointments of a trainer. Their names in a calendar are not those of a sign-up."""
    return calendars.invitations(
        edition, of=f"t{trainer.pk}", to=trainer.email, cancelled=cancelled, meetings=meetings
    )
