"""The link by which a provider says whether an entry still holds: made, and read."""

from datetime import timedelta

from django.utils.crypto import salted_hmac

from kennispunt.signpost.models import Entry
from kennispunt.ui.links import Signed

# An entry, and which address we asked.
CONFIRM = Signed("signpost.confirm", int, str, works=timedelta(days=60))


def token_of(entry: Entry) -> str:
    """Return the token in the link that we mail to the provider of this entry."""
    return CONFIRM.token(entry.pk, _mark_of(entry.contact_email))


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
