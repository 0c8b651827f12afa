"""The way out: one row in the outbox, in the transaction that caused it.

    send("parties/mail/accepted.md", to=address, purpose="parties.decision", party=party)

What a template looks like: letter.py. Nothing else sends mail.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from kennispunt.mail.delivery import wake
from kennispunt.mail.letter import Letter, write
from kennispunt.mail.message import Attachment, build, headers, new_message_id, on_the_wire
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.preferences import stop_address, wants

__all__ = ["Attachment", "send"]


def send(
    template: str,
    *,
    to: str,
    purpose: str,
    reply_to: str = "",
    attachments: Iterable[Attachment] = (),
    unsubscribe: str = "",
    expires_at: datetime | None = None,
    urgent: bool = False,
    in_reply_to: str = "",
    **context,
) -> OutgoingMail | None:
    """Write one message to one address; the outbox delivers it after this transaction.

    None when the address does not want mails of this kind (kinds.py); a kind that can be stopped
    says by itself how. `purpose`: a slug such as "parties.decision", no content.
    `unsubscribe`: the full address of a page that stops these mails, when not by kind: a POST
    there does it at once (List-Unsubscribe-Post). `expires_at`: not sent after this, and its
    content wiped then. `urgent`: before all others, for somebody who waits at the screen.
    ValidationError when `to` or `reply_to` is no e-mail address.
    """
    if not wants(to, purpose):
        return None
    unsubscribe = unsubscribe or stop_address(to, purpose)
    letter = write(template, unsubscribe=unsubscribe, **context)
    mail = compose(
        letter, to=to, purpose=purpose, reply_to=reply_to, attachments=attachments,
        unsubscribe=unsubscribe, expires_at=expires_at, urgent=urgent, in_reply_to=in_reply_to,
    )  # fmt: skip
    mail.save()
    wake_once()
    return mail


def wake_once():
    """One call of the worker for each transaction, however many mails it writes."""
    if not any(hook is wake for _, hook, _ in connection.run_on_commit):
        transaction.on_commit(wake)


def compose(
    letter: Letter, *, to, purpose, reply_to="", attachments=(), unsubscribe="",
    expires_at=None, urgent=False, in_reply_to="",
) -> OutgoingMail:  # fmt: skip
    """The row of one message, not saved yet: whoever sends many saves many at once."""
    message_id = new_message_id()
    above = headers(
        checked(to), message_id, reply_to=reply_to and checked(reply_to),
        unsubscribe=unsubscribe, in_reply_to=in_reply_to,
    )  # fmt: skip
    return OutgoingMail(
        to=to, purpose=purpose, subject=letter.subject[:200], message_id=message_id,
        message=build(letter, above, list(attachments)), expires_at=expires_at, urgent=urgent,
        due_at=timezone.now(),
    )  # fmt: skip


def checked(address: str) -> str:
    """The address as mail servers want it. ValidationError when it is none."""
    validate_email(address)
    if not address.isprintable():  # a quoted address may hold controls, by the letter of the law
        raise ValidationError("Dit is geen mailadres.")
    try:
        return on_the_wire(address)
    except ValueError as problem:
        raise ValidationError("Dit is geen mailadres.") from problem
