"""The promises of docs/privacy.md about mail, out and in."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from kennispunt.mail.models import IncomingMail, LetterToMany, OutgoingMail, RawMail

Status = OutgoingMail.Status
CONTENT = timedelta(days=7)
FAILED_CONTENT = timedelta(days=30)  # so long it can be sent again
ROW = timedelta(days=365)
MANY_ROW = timedelta(days=90)  # of one of the many addresses of a letter
AT_ONCE = 2000  # rows in memory
INCOMING_CONTENT = timedelta(days=30)
INCOMING_ROW = timedelta(days=365)


def forget_content(now: datetime) -> int:
    """Inhoud en onderwerp van een mail, zeven dagen na verzending."""
    return _wipe(now - CONTENT, Status.SENT, Status.LAPSED)


def forget_failed_content(now: datetime) -> int:
    """Inhoud en onderwerp van een mail die niet aankwam, na dertig dagen."""
    return _wipe(now - FAILED_CONTENT, Status.FAILED, Status.PERHAPS)


def forget_rows(now: datetime) -> int:
    """Dat we iets stuurden, en aan welk adres: na een jaar."""
    return _delete(OutgoingMail.objects.filter(letter=None, ended_at__lte=now - ROW))


def forget_many(now: datetime) -> int:
    """Aan welk adres een brief aan velen ging, na negentig dagen; en dan de brief."""
    over = now - MANY_ROW
    count = _delete(OutgoingMail.objects.filter(letter__isnull=False, ended_at__lte=over))
    left = OutgoingMail.objects.filter(letter=OuterRef("pk"))
    old = LetterToMany.objects.filter(~Exists(left), written_at__lte=over)
    return count + old.exclude(closed_at=None, stopped_at=None).delete()[0]


def _delete(rows):
    count = 0
    while some := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        count += OutgoingMail.objects.filter(pk__in=some).delete()[0]
    return count


def forget_incoming(now: datetime) -> int:
    """Binnengekomen mail met bijlagen, afzender en onderwerp, dertig dagen na verwerking."""
    ended = IncomingMail.objects.filter(handled_at__lte=now - INCOMING_CONTENT)
    RawMail.objects.filter(mail__in=ended).delete()
    return ended.exclude(sender="", subject="").update(sender="", subject="")


def forget_incoming_rows(now: datetime) -> int:
    """Dat er iets binnenkwam, zonder van wie: na een jaar."""
    return IncomingMail.objects.filter(handled_at__lte=now - INCOMING_ROW).delete()[0]


def _wipe(before, *statuses):
    ended = OutgoingMail.objects.filter(status__in=statuses, ended_at__lte=before)
    return ended.with_content().update(message=None, subject="", blanks=None)


PROMISES = [
    forget_content,
    forget_failed_content,
    forget_rows,
    forget_many,
    forget_incoming,
    forget_incoming_rows,
]
