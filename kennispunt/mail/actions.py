"""Verbs of a mail after it was written, besides delivering it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kennispunt.mail import kinds, preferences, refusals
from kennispunt.mail.delivery import wake
from kennispunt.mail.models import OutgoingMail
from kennispunt.ui.rows import TooLate

Status = OutgoingMail.Status
ENDED_BADLY = [Status.FAILED, Status.PERHAPS]


def send_again(mail: OutgoingMail, *, now: datetime) -> None:
    """Try a mail that failed once more, from the start. TooLate when it went, or its text is gone.

    It goes again for as long as any mail, counted from when it was first written; after three days
    one refusal is enough to end it.
    """
    if not _again(OutgoingMail.objects.filter(pk=mail.pk), now):
        raise TooLate("Deze mail kan niet opnieuw: de inhoud is gewist, of hij ging al.")


def send_all_again(mail: OutgoingMail, *, now: datetime) -> int:
    """Try all that failed for the reason of this one. Returns how many that are."""
    return _again(OutgoingMail.objects.filter(pk__in=refusals.alike(mail)), now)


def _again(mails, now):
    ended = mails.with_content().filter(status__in=ENDED_BADLY)
    count = ended.update(
        status=Status.WAITING, due_at=now, ended_at=None, attempts=0, copies=0, held=""
    )
    if count:
        transaction.on_commit(wake)
    return count


def dismiss(mail: OutgoingMail) -> None:
    """Put a failure aside that needs nobody any more. TooLate when it is none."""
    failed = OutgoingMail.objects.filter(pk=mail.pk, status__in=ENDED_BADLY)
    if not failed.update(status=Status.LAPSED):
        raise TooLate("Deze mail wachtte al niet meer.")


def bounced(message_ids: Iterable[str], reason: str) -> int:
    """Mark mails that came back: for the intake. Returns how many of them are ours."""
    sent = OutgoingMail.objects.filter(
        message_id__in=message_ids, status__in=[Status.SENT, Status.PERHAPS]
    )
    return sent.update(status=Status.FAILED, last_error=reason[:500])


class TooEarly(Exception):
    """We do not know yet that the mail went out: whoever says so must come again."""


def did_not_arrive(message_id: str, reason: str) -> None:
    """Mark a mail of ours that a provider could not deliver. TooEarly: it is still going."""
    if OutgoingMail.objects.open().filter(message_id=message_id).exists():
        raise TooEarly
    bounced([message_id], " ".join(reason.split()))


def stop_unwanted(message_ids: Iterable[str]) -> int:
    """Stop kinds of mail for an address that called them spam. Returns how many could."""
    stopped = 0
    for mail in OutgoingMail.objects.filter(message_id__in=message_ids):
        kind = kinds.of(mail.purpose)
        if kind and kind.optional:
            preferences.choose(mail.to, kind.name, False)
            stopped += 1
    return stopped
