"""Actions on an entry of the signpost."""

from datetime import date, datetime

from django.db import transaction

from kennispunt.mail.send import send
from kennispunt.signpost import asking
from kennispunt.signpost.models import Entry, Remark
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate

MOST_REMARKS = 20  # of one entry that wait: more would be noise


def report_mistake(entry: Entry, text: str) -> Remark:
    """Note what a reader says is wrong. TooLate when so much waits that no more is taken."""
    waiting = entry.remarks.filter(kind=Remark.Kind.MISTAKE, done_at=None).count()
    if waiting >= MOST_REMARKS:
        raise TooLate("Bedankt. Er is hier al veel over gemeld: we zijn ermee bezig.")
    return Remark.objects.create(entry=entry, kind=Remark.Kind.MISTAKE, text=text)


@transaction.atomic
def ask_provider(entry: Entry, *, on: date) -> None:
    """Mail the provider whether all still holds. TooLate: there is no address, or it was today."""
    claimed = (
        Entry.objects.filter(pk=entry.pk).exclude(contact_email="").exclude(asked_on=on)
    ).update(asked_on=on)
    if not claimed:
        raise TooLate("Deze aanbieder is vandaag al gevraagd, of heeft geen mailadres.")
    send(
        "signpost/mail/ask_provider.md",
        to=entry.contact_email,
        purpose="signpost.ask",
        entry=entry,
        link=full_address("signpost:confirm", asking.token_of(entry)),
    )


def confirm(entry: Entry, *, on: date) -> None:
    """Note that the provider says that all is right. Doing it twice changes nothing."""
    Entry.objects.filter(pk=entry.pk).update(confirmed_on=on)


def propose_change(entry: Entry, text: str) -> Remark:
    """Note what the provider would have changed, for an editor."""
    return Remark.objects.create(entry=entry, kind=Remark.Kind.CHANGE, text=text)


def finish(remark: Remark, *, at: datetime) -> None:
    """Mark a remark as dealt with. TooLate when another editor did so first."""
    if not Remark.objects.filter(pk=remark.pk, done_at=None).update(done_at=at):
        raise TooLate("Dit was al verwerkt.")
