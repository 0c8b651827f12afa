"""What we forget: the promises of docs/privacy.md about mail that we sent."""

from datetime import datetime, timedelta

from kennispunt.mail.models import OutgoingMail

Status = OutgoingMail.Status
CONTENT = timedelta(days=7)
FAILED_CONTENT = timedelta(days=30)  # so long it can be sent again
ROW = timedelta(days=365)


def forget_content(now: datetime) -> int:
    """Inhoud en onderwerp van een mail, zeven dagen na verzending."""
    return _wipe(now - CONTENT, Status.SENT, Status.LAPSED)


def forget_failed_content(now: datetime) -> int:
    """Inhoud en onderwerp van een mail die niet aankwam, na dertig dagen."""
    return _wipe(now - FAILED_CONTENT, Status.FAILED)


def forget_rows(now: datetime) -> int:
    """Dat we iets stuurden, en aan welk adres: na een jaar."""
    return OutgoingMail.objects.filter(ended_at__lte=now - ROW).delete()[0]


def _wipe(before, *statuses):
    ended = OutgoingMail.objects.filter(status__in=statuses, ended_at__lte=before)
    return ended.filter(message__isnull=False).update(message=None, subject="")
