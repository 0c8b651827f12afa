"""The models: the outbox, letters to many, the mails an address wants, and incoming mail."""

from kennispunt.mail.models.incoming import IncomingMail, Mailbox, RawMail
from kennispunt.mail.models.outgoing import (
    LetterToMany,
    MailChoice,
    OutgoingMail,
    new_code,
    new_word,
)

__all__ = [
    "IncomingMail",
    "LetterToMany",
    "MailChoice",
    "Mailbox",
    "OutgoingMail",
    "RawMail",
    "new_code",  # migrations name these two
    "new_word",
]
