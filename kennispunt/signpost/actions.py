"""What can happen to an entry of the signpost."""

from datetime import date, datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from kennispunt.mail.send import send
from kennispunt.signpost.models import Entry, Remark

SALT = "signpost.confirm"
LINK_WORKS = 60 * 60 * 24 * 60  # seconds: sixty days
MOST_REMARKS = 20  # of one entry that wait: more would be noise


def report_mistake(entry: Entry, text: str) -> bool:
    """Keep what a reader says is wrong. False when so much waits that no more is kept."""
    waiting = entry.remarks.filter(kind=Remark.Kind.MISTAKE, done_at=None).count()
    if waiting >= MOST_REMARKS:
        return False
    Remark.objects.create(entry=entry, kind=Remark.Kind.MISTAKE, text=text)
    return True


@transaction.atomic
def ask_provider(entry: Entry, *, on: date) -> bool:
    """Mail the provider whether all still holds. False when there is no address or it was today."""
    claimed = (
        Entry.objects.filter(pk=entry.pk).exclude(contact_email="").exclude(asked_on=on)
    ).update(asked_on=on)
    if claimed:
        token = signing.dumps([entry.pk, entry.contact_email], salt=SALT)
        link = settings.SITE_URL + reverse("signpost:confirm", args=[token])
        send(
            "signpost/mail/ask_provider.md",
            to=entry.contact_email,
            purpose="signpost.ask",
            entry=entry,
            link=link,
        )
    return bool(claimed)


def entry_of(token: str) -> Entry | None:
    """The entry that a mailed link is about; None when it no longer works.

    A link stops working after sixty days, and when the provider's address was changed.
    """
    try:
        pk, address = signing.loads(token, salt=SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    return Entry.objects.filter(pk=pk, contact_email=address).first()


def confirm(entry: Entry, *, on: date) -> None:
    """The provider says that all is right. Doing it twice changes nothing."""
    Entry.objects.filter(pk=entry.pk).update(confirmed_on=on)


def propose_change(entry: Entry, text: str) -> Remark:
    """Keep what the provider would have changed, for an editor."""
    return Remark.objects.create(entry=entry, kind=Remark.Kind.CHANGE, text=text)


def finish(remark: Remark, *, at: datetime) -> bool:
    """An editor has dealt with it. False when another did so first."""
    return bool(Remark.objects.filter(pk=remark.pk, done_at=None).update(done_at=at))
