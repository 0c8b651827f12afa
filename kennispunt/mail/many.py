"""One letter, many addresses: the letter is kept once, and of each address a small row.

    letter = many.write("outreach/mail/mailing.md", purpose=PURPOSE, links=["link"], lines=lines)
    many.fill(letter, receivers_after)

The rows are rows of the outbox like any other: claimed, sent once, tried again, marked in doubt,
come back, forgotten. Other mail goes before them (delivery.py). Who may write a letter, and who
reads it before it goes, is not of mail, which knows nobody: office/letters.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from kennispunt.mail import kinds
from kennispunt.mail.delivery import lapse_some
from kennispunt.mail.letter import Letter
from kennispunt.mail.letter import write as letter_of
from kennispunt.mail.message import new_message_id
from kennispunt.mail.models import LetterToMany, MailChoice, OutgoingMail
from kennispunt.mail.send import checked, wake_once
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import locked

BATCH = 1000  # addresses in one transaction: whoever stops the letter waits for so many
Status = OutgoingMail.Status


@dataclass(frozen=True)
class Receiver:
    """Somebody who gets the letter: a number of the sender's own, and what differs for them."""

    number: int
    address: str
    blanks: dict[str, str] = field(default_factory=dict)


def draft(
    template: str, *, purpose: str, words: Iterable[str] = (), links: Iterable[str] = (), **context
) -> LetterToMany:
    """Make a letter of this template, not kept yet: to show what it will be (`filled`).

    `words` and `links`: the names of what differs for each address: plain words, and paths of pages
    of ours. A link "unsubscribe" stops these mails; when the kind can be stopped and nothing else
    was named, it is filled in here.
    """
    letter = LetterToMany(purpose=purpose)
    kind = kinds.of(purpose)
    links = {*links, "unsubscribe"} if kind and kind.optional else {*links}
    blanks = {name: letter.blank(name) for name in words}
    blanks |= {name: full_address(f"/{letter.blank(name)}") for name in links}
    made = letter_of(template, **(context | blanks))
    letter.subject, letter.text, letter.html = made.subject[:200], made.text, made.html
    return letter


def write(template: str, *, purpose: str, **given) -> LetterToMany:
    """Keep a letter; it goes to nobody yet. The arguments are those of `draft`."""
    return keep(draft(template, purpose=purpose, **given))


def keep(letter: LetterToMany) -> LetterToMany:
    """Keep what `draft` made."""
    letter.save(force_insert=True)
    return letter


def example(letter: LetterToMany, **values: str) -> Letter:
    """Return the letter as somebody gets it; what is not given is shown as "…"."""
    return letter.filled(dict.fromkeys(letter.blanks, "…") | values)


def in_hand(receivers: Iterable[Receiver]) -> Callable[[int], list[Receiver]]:
    """Return receivers for `fill`, of a few that are in hand."""
    ones = sorted(receivers, key=lambda one: one.number)
    return lambda number: [one for one in ones if one.number > number][:BATCH]


# --- Receivers -----------------------------------------------------------------------------------


def fill(
    letter: LetterToMany, after: Callable[[int], list[Receiver]], *, at: datetime | None = None
) -> int:
    """Give every receiver a row, batch by batch. Returns how many rows that were.

    `after`: up to BATCH receivers whose number is above this one, the lowest first; none: it is
    complete. May be killed and started again, and by two at once: each gets one. When the letter is
    stopped meanwhile, no batch follows.
    """
    count = 0
    while True:
        with transaction.atomic():
            letter = locked(letter)
            if letter.stopped_at or letter.closed_at:
                return count
            found = after(letter.reached)
            if not found:
                letter.keep(closed_at=at or timezone.now())
                return count
            count += _add(letter, found)


def _add(letter, receivers):
    wanted = _who_want_it(letter, receivers)
    names = letter.blanks
    if odd := next((one for one in wanted if set(one.blanks) != names), None):
        raise ValueError(f"{letter} asks {sorted(names)}, not {sorted(odd.blanks)}")
    made = OutgoingMail.objects.bulk_create([_row(letter, one) for one in wanted])
    letter.keep(reached=receivers[-1].number, count=letter.count + len(made))
    wake_once()
    return len(made)


def _row(letter, receiver):
    now = timezone.now()
    mail = OutgoingMail(
        letter=letter, receiver=receiver.number, to=receiver.address, purpose=letter.purpose,
        blanks=receiver.blanks, message_id=new_message_id(), due_at=now,
    )  # fmt: skip
    try:
        checked(receiver.address)
    except ValidationError as problem:  # one odd address may not hold up a million
        mail.status, mail.ended_at, mail.last_error = Status.FAILED, now, problem.messages[0]
    return mail


def _who_want_it(letter, receivers):
    """Leave out those who switched this kind off; add the page where the others do."""
    kind = kinds.of(letter.purpose)
    if not kind or not kind.optional or all("unsubscribe" in one.blanks for one in receivers):
        return receivers
    addresses = {one.address.lower() for one in receivers}
    new = [MailChoice(address=one, kind=kind.name, wanted=kind.default) for one in addresses]
    MailChoice.objects.bulk_create(new, ignore_conflicts=True)
    choices = MailChoice.objects.filter(kind=kind.name, address__in=addresses)
    found = {one.address: one for one in choices}
    return [
        Receiver(one.number, one.address, {"unsubscribe": stop_path(choice)} | one.blanks)
        for one in receivers
        if (choice := found[one.address.lower()]).wanted
    ]


def stop_path(choice: MailChoice) -> str:
    return reverse("mail:stop", args=[choice.code])


# --- On its way ----------------------------------------------------------------------------------


@transaction.atomic
def stop(letter: LetterToMany, *, at: datetime) -> None:
    """Stop it: only what a worker has in hand may still go (delivery.BATCH)."""
    letter = locked(letter)
    if not letter.stopped_at:
        letter.keep(stopped_at=at)
        lapse_some(letter, at)
        wake_once()  # a worker lapses the rest


def progress(letter: LetterToMany) -> dict[str, int]:
    """Count the addresses by status; none where the rows are forgotten."""
    rows = letter.mails.order_by().values_list("status")
    return dict(rows.annotate(number=Count("pk")))
