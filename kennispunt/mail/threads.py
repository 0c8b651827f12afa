"""The subject of a message: by the signed address it went to, or by the messages it answers."""

from dataclasses import dataclass

from kennispunt.mail import appointments, handlers
from kennispunt.mail.addresses import Signed, read, signed_in
from kennispunt.mail.models import IncomingMail, OutgoingMail
from kennispunt.mail.parsing import Message


@dataclass(frozen=True)
class Belongs:
    """The subject of a message, and why its sender may not act on that; "" when they may."""

    purpose: str = ""
    key: str = ""
    why: str = ""


def find(message: Message) -> Belongs:
    """Find the subject of this message, by its address or else by what it refers to."""
    found = signed_in(" ".join(message.recipients))
    if not found:
        return _by_thread(message)
    if len({(signed.purpose, signed.key) for signed in found}) > 1:
        return Belongs(why="Hoort bij meer dan één gesprek")
    for signed in found:
        if signed.is_for(message.sender):
            return Belongs(signed.purpose, signed.key)
    return Belongs(
        found[0].purpose, found[0].key, "Kwam van een ander adres dan waar we naar schreven"
    )


def _by_thread(message):
    """Some programs answer the sender instead of the address for answers."""
    answered = answers_to(message)
    for to, signed in answered:
        if to.lower() == message.sender.lower():
            return Belongs(signed.purpose, signed.key)
    earlier = IncomingMail.objects.filter(
        status=IncomingMail.Status.HANDLED, message_id__in=message.references,
        sender=message.sender,
    )  # fmt: skip
    if message.sender and (mail := earlier.first()):
        return Belongs(mail.purpose, mail.key)
    if answered:
        [(_, signed), *_] = answered
        why = "Kwam van een ander adres dan waar we naar schreven"
        return Belongs(signed.purpose, signed.key, why)
    return _by_event(message) or Belongs(why="We zien niet waar dit bij hoort")


def _by_event(message):
    """A calendar answers who organizes, and names the appointment. No proof: it can be guessed."""
    if answer := appointments.reply(message):
        for handler in handlers.every():
            if key := handler.subject.of_event(answer.uid):
                return Belongs(handler.purpose, key, "Kwam uit een agenda")
    return None


def answers_to(message: Message) -> list[tuple[str, Signed]]:
    """(receiver, subject) of the mails of ours that this refers to, the nearest first."""
    ids = [f"<{one}>" for one in reversed(message.references)]
    sent = OutgoingMail.objects.filter(message_id__in=ids, message__isnull=False)
    mails = sorted(sent[:20], key=lambda mail: ids.index(mail.message_id))
    found = [(mail.to, read(str(mail.parsed["Reply-To"] or ""))) for mail in mails[:5]]
    return [(to, signed) for to, signed in found if signed]
