"""Handlers of answers: every app registers one for each purpose of its own.

    # kennispunt/helpdesk/apps.py, in ready()
    handlers.register("helpdesk.question", answer_by_mail, label="Antwoord op een vraag")

    # kennispunt/helpdesk/mail.py
    def answer_by_mail(message: Message, key: str):
        question = Question.objects.filter(pk=key).first()
        if question is None:
            raise CannotHandle("Deze vraag bestaat niet meer.")
        …

With `subject` an app also says what such an address is about, to the reader of a message that could
not be handled, and what can be done then (Subject). What waits for a reader is found by
IncomingMail.objects.about(purpose, start of the key): whatever lapses by itself must wait for it.

A handler runs once, in a transaction with the row that says so: when it raises, or the process is
killed, nothing of it has happened. So what it does must be in our database (mail goes out through
the outbox, files with transaction.on_commit). The sender of the message is the person that the
address was made for; whether they may still answer is for the handler.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kennispunt.mail.parsing import Message


class CannotHandle(Exception):
    """This message is for a person to read. Says why, in Dutch, to the desk."""


@dataclass(frozen=True)
class About:
    """The subject of a message, in words for its reader at the desk."""

    key: str
    title: str
    address: str = ""  # the page of the desk where it is kept
    due: datetime | None = None  # when it would lapse, or begin
    note: str = ""
    acts: tuple[tuple[str, str], ...] = ()  # (name, what the button says)


class Subject:
    """The things that messages of one purpose are about. Override what your app can tell."""

    def about(self, keys: Iterable[str]) -> dict[str, About]:
        """Return what these keys are about; a key that is nothing any more is left out."""
        return {}

    def of(self, address: str) -> list[About]:
        """Everything that a writer from this address may mean."""
        return []

    def act(self, key: str, name: str) -> None:
        """Do what a person read in the message. CannotHandle when that cannot be done."""
        raise CannotHandle("Dit kan hier niet.")

    def of_event(self, uid: str) -> str:
        """The key of an appointment that we sent; "" when it is not of this purpose."""
        return ""

    def declined(self, key: str, sender: str) -> None:
        """Somebody's calendar says no. CannotHandle when a person must look at it."""
        raise CannotHandle("Zegt nee in de agenda")

    def let_go(self, key: str) -> None:
        """A person has read it and nothing more was needed: the clock goes on."""


@dataclass(frozen=True)
class Handler:
    purpose: str
    handle: Callable[[Message, str], None]
    label: str  # how staff knows the purpose
    subject: Subject


_handlers: dict[str, Handler] = {}


def register(
    purpose: str,
    handler: Callable[[Message, str], None],
    *,
    label: str = "",
    subject: Subject | None = None,
) -> None:
    """Let `handler(message, key)` handle the answers to signed addresses of this purpose."""
    _handlers[purpose] = Handler(purpose, handler, label or purpose, subject or Subject())


def find(purpose: str) -> Handler | None:
    return _handlers.get(purpose)


def subject_of(purpose: str) -> Subject:
    """Return the subject of this purpose; about nothing when nobody handles it."""
    handler = _handlers.get(purpose)
    return handler.subject if handler else Subject()


def every() -> list[Handler]:
    """All of them, by label."""
    return sorted(_handlers.values(), key=lambda handler: handler.label)


def choices() -> list[tuple[str, str]]:
    """(purpose, label) of everything that mail can be handled as, by label."""
    return [(handler.purpose, handler.label) for handler in every()]
