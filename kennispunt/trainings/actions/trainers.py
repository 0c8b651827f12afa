"""The trainer of an edition: put on it, or taken off one or all. Each hears it: to_trainers.py."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kennispunt.trainings import to_trainers
from kennispunt.trainings.locking import locked
from kennispunt.trainings.models import Edition

# The mail that ends an appointment has the next number; a new one must be newer than that.
NEWER = 2


@transaction.atomic
def assign(edition: Edition, trainer, *, by=None, now: datetime | None = None) -> Edition:
    """Let this trainer give it, or nobody yet. The one before hears that it is hers no more."""
    now, edition = now or timezone.now(), locked(edition)
    if edition.trainer == trainer:
        return edition
    was = edition.trainer
    _put(edition, trainer)
    if to_trainers.hears(edition, was, by=by, now=now):
        to_trainers.taken_off(was, [edition])
    to_trainers.tell([edition], by=by, now=now)
    return edition


def _put(edition, trainer) -> None:
    newer = NEWER if edition.status == Edition.Status.OPEN else 0
    edition.keep(trainer=trainer, sequence=edition.sequence + newer)


@transaction.atomic
def leave(people: Iterable[int] | None, now: datetime | None = None) -> None:
    """Take people who may train no more off all that is not over: they could not even open it.

    `people`: keys of accounts to look at; None is everyone. What they gave stays on their name.
    """
    now = now or timezone.now()
    found = Edition.objects.coming(now).exclude(trainer=None)
    found = found.exclude(Q(trainer__groups__name="Trainers") & Q(trainer__is_active=True))
    if people is not None:
        found = found.filter(trainer__in=people)
    of = defaultdict(list)
    for edition in found.order_by("pk"):
        edition = locked(edition)
        trainer = edition.trainer
        _put(edition, None)
        if edition.status == Edition.Status.OPEN:
            of[trainer].append(edition)
    for trainer, hers in of.items():
        to_trainers.taken_off(trainer, sorted(hers, key=lambda one: one.starts_at))
