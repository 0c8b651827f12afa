"""What can happen to a mail after it was written, besides being delivered."""

from datetime import datetime

from django.db import transaction

from kennispunt.mail import kinds, preferences, refusals
from kennispunt.mail.delivery import wake
from kennispunt.mail.models import OutgoingMail

Status = OutgoingMail.Status
ENDED_BADLY = [Status.FAILED, Status.PERHAPS]


def send_again(mail: OutgoingMail, *, now: datetime) -> bool:
    """Try a mail that failed once more, from the start. False when that cannot be done.

    It goes again for as long as any mail, counted from when it was first written; after three days
    one refusal is enough to end it.
    """
    return bool(_again(OutgoingMail.objects.filter(pk=mail.pk), now))


def alike(mail: OutgoingMail) -> list[int]:
    """The mails that failed for the reason of this one, and can go again."""
    failed = OutgoingMail.objects.filter(status=Status.FAILED, message__isnull=False)
    reason = refusals.same(mail.last_error)
    rows = failed.values_list("pk", "last_error")
    return [pk for pk, error in rows if refusals.same(error) == reason]


def send_all_again(mail: OutgoingMail, *, now: datetime) -> int:
    """Try all that failed for the reason of this one. Returns how many that are."""
    return _again(OutgoingMail.objects.filter(pk__in=alike(mail)), now)


def _again(mails, now):
    ended = mails.filter(status__in=ENDED_BADLY, message__isnull=False)
    count = ended.update(
        status=Status.WAITING, due_at=now, ended_at=None, attempts=0, copies=0, held=""
    )
    if count:
        transaction.on_commit(wake)
    return count


def dismiss(mail: OutgoingMail) -> bool:
    """Nobody needs to do anything about this failure any more. False when it was not failed."""
    failed = OutgoingMail.objects.filter(pk=mail.pk, status__in=ENDED_BADLY)
    return bool(failed.update(status=Status.LAPSED))


def bounced(message_id: str, reason: str) -> bool:
    """A mail that we handed over came back: for the intake. False when we did not send it."""
    sent = OutgoingMail.objects.filter(
        message_id=message_id, status__in=[Status.SENT, Status.PERHAPS]
    )
    return bool(sent.update(status=Status.FAILED, last_error=reason[:500]))


class TooEarly(Exception):
    """We do not know yet that the mail went out: whoever says so must come again."""


def did_not_arrive(message_id: str, reason: str) -> bool:
    """A provider says that a mail came back. False when it is not ours. TooEarly: still going."""
    if OutgoingMail.objects.open().filter(message_id=message_id).exists():
        raise TooEarly
    return bounced(message_id, " ".join(reason.split()))


def is_unwanted(message_id: str) -> bool:
    """Somebody called a mail spam: that kind stops for that address. False when none can stop."""
    mail = OutgoingMail.objects.filter(message_id=message_id).first()
    kind = mail and kinds.of(mail.purpose)
    if not kind or not kind.optional:
        return False
    preferences.choose(mail.to, kind.name, False)
    return True
