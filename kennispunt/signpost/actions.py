"""What can happen to an entry of the signpost."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from kennispunt.mail.send import send
from kennispunt.signpost.models import Entry, Remark
from kennispunt.ui.links import Signed, full_address

# An entry, and which address we asked.
CONFIRM = Signed("signpost.confirm", int, str, works=timedelta(days=60))
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
        token = CONFIRM.token(entry.pk, _mark_of(entry.contact_email))
        send(
            "signpost/mail/ask_provider.md",
            to=entry.contact_email,
            purpose="signpost.ask",
            entry=entry,
            link=full_address("signpost:confirm", token),
        )
    return bool(claimed)


def entry_of(token: str) -> Entry | None:
    """The entry that a mailed link is about; None when it no longer works.

    A link stops working after sixty days, and when the provider's address was changed.
    """
    pk, mark = CONFIRM.read(token) or (None, None)
    found = Entry.objects.filter(pk=pk).exclude(contact_email="").first()
    # Links of before 2026-12 carry the address itself.
    known = found and mark in (_mark_of(found.contact_email), found.contact_email)
    return found if known else None


def _mark_of(address):
    """Says that it is the same address, and not which."""
    return salted_hmac(CONFIRM.salt, address).hexdigest()[:16]


def confirm(entry: Entry, *, on: date) -> None:
    """The provider says that all is right. Doing it twice changes nothing."""
    Entry.objects.filter(pk=entry.pk).update(confirmed_on=on)


def propose_change(entry: Entry, text: str) -> Remark:
    """Keep what the provider would have changed, for an editor."""
    return Remark.objects.create(entry=entry, kind=Remark.Kind.CHANGE, text=text)


def finish(remark: Remark, *, at: datetime) -> bool:
    """An editor has dealt with it. False when another did so first."""
    return bool(Remark.objects.filter(pk=remark.pk, done_at=None).update(done_at=at))
