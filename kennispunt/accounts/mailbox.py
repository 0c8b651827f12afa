"""Mail of a person: found by address, because the app mail stands below and knows nobody."""

from contextlib import suppress

from allauth.account.models import EmailAddress
from django.dispatch import Signal

from kennispunt.accounts.models import User
from kennispunt.mail import by_address, preferences
from kennispunt.mail.models import OutgoingMail

# Somebody has another address now: old, new. What an app keeps by address is at the new one then,
# or who is forgotten later is not found there.
address_changed = Signal()


def move(old: str, new: str) -> None:
    """Everything of the old address of a person is at the new one from now on."""
    preferences.move(old, new)
    for address in spellings(old):
        by_address.move(address, new)
        address_changed.send(User, old=address, new=new.lower())


def addresses(user: User) -> set[str]:
    """Every address of this person, in lower case, and as it may be written elsewhere."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {one for address in (user.email, *known) for one in spellings(address)}


def spellings(address: str) -> list[str]:
    """An address in lower case; one of which the domain has an accent also with that accent, as
    mail programs write it, and as we kept it before we wrote it in one way.
    """
    address = address.lower()
    local, _, domain = address.rpartition("@")
    if "xn--" not in domain:
        return [address]
    with suppress(UnicodeError):
        return [address, f"{local}@{domain.encode('ascii').decode('idna')}"]
    return [address]


def export_mail(user):
    return {
        address: {
            "keuzes": preferences.export(address),
            "ontvangen van jou": by_address.export(address),
            "gestuurd": list(
                OutgoingMail.objects.filter(to__iexact=address).values(
                    "purpose", "subject", "letter__subject", "created_at", "status", "ended_at"
                )
            ),
        }
        for address in sorted(addresses(user))
    }


def erase_mail(user):
    """Also what still waits: who is forgotten gets no mail any more."""
    for address in addresses(user):
        preferences.forget(address)
        by_address.forget(address)
        OutgoingMail.objects.filter(to__iexact=address).delete()
