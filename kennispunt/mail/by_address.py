"""Mail by address alone, for apps above: what came from it, to give it back or to
forget it; and whether what we send arrives."""

from kennispunt.mail.message import addressed
from kennispunt.mail.models import IncomingMail, OutgoingMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.send import checked


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


def move(old: str, new: str) -> None:
    """Somebody has another address: what came from the old one and went to it is theirs still, and
    what is not sent yet goes to the new one.
    """
    _from(old).update(sender=new.lower())
    theirs = OutgoingMail.objects.filter(to__iexact=old)
    for mail in theirs.exclude(status=OutgoingMail.Status.SENDING).filter(message__isnull=False):
        message = addressed(bytes(mail.message), to=checked(new))
        # One that was claimed or wiped meanwhile stays as it is.
        theirs.filter(pk=mail.pk, status=mail.status, message__isnull=False).update(message=message)
    theirs.update(to=new)


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
