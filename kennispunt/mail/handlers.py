"""Who handles an answer: every app registers one handler for each purpose of its own.

    # kennispunt/helpdesk/apps.py, in ready()
    handlers.register("helpdesk.question", answer_by_mail, label="Antwoord op een vraag")

    # kennispunt/helpdesk/mail.py
    def answer_by_mail(message: Message, key: str):
        question = Question.objects.filter(pk=key).first()
        if question is None:
            raise CannotHandle("Deze vraag bestaat niet meer.")
        …

A handler runs once, in a transaction with the row that says so: when it raises, or the process is
killed, nothing of it has happened. So what it does must be in our database (mail goes out through
the outbox, files with transaction.on_commit). The sender of the message is the person that the
address was made for; whether they may still answer is for the handler.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kennispunt.mail.parsing import Message


class CannotHandle(Exception):
    """This message is for a person to read. Says why, in Dutch, to who works at the desk."""


@dataclass(frozen=True)
class Handler:
    purpose: str
    handle: Callable[[Message, str], None]
    label: str  # how staff knows the purpose


_handlers: dict[str, Handler] = {}


def register(purpose: str, handler: Callable[[Message, str], None], *, label: str = "") -> None:
    """Let `handler(message, key)` handle the answers to signed addresses of this purpose."""
    _handlers[purpose] = Handler(purpose, handler, label or purpose)


def find(purpose: str) -> Handler | None:
    return _handlers.get(purpose)


def choices() -> list[tuple[str, str]]:
    """(purpose, label) of everything that mail can be handled as, by label."""
    return sorted(((h.purpose, h.label) for h in _handlers.values()), key=lambda pair: pair[1])
