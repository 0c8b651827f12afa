"""What we know of an address, for who stands above mail: what came from it, to give it back or to
forget it; and whether what we send arrives."""

from kennispunt.mail.incoming import IncomingMail
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.parsing import parse


def export(address: str) -> list[dict]:
    """Mail from this address, and what it says as long as we have it."""
    return [
        {
            "received_at": mail.received_at,
            "subject": mail.subject,
            "text": parse(bytes(mail.raw.content)).text if hasattr(mail, "raw") else "",
        }
        for mail in _from(address).select_related("raw")
    ]


def forget(address: str) -> None:
    """All of it, also what waits. Of what came this minute the sender is not known yet."""
    _from(address).delete()


def failed_last(address: str) -> OutgoingMail | None:
    """The last mail that we sent to this address, when it did not arrive.

    Not what the mail server refused for everybody: that says nothing of the address.
    """
    ended = OutgoingMail.objects.filter(to=address, status__in=["sent", "failed"])
    ended = ended.exclude(held__in=OutgoingMail.Held.OURS)
    last = ended.order_by("-ended_at", "-pk").first()
    return last if last and last.status == "failed" else None


def _from(address):
    return IncomingMail.objects.filter(sender=address.lower())
