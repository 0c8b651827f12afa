"""From outside to a handler: keep whole first, then handle once.

`keep` is one transaction that writes down the bytes and nothing else; when it returns, no kill can
lose the message. `handle` is another: the UPDATE that claims the row and everything the handler
does are committed together, or not at all. What comes between is mended by the clock.
"""

import hashlib
import logging
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kennispunt.mail import actions, appointments, handlers, recognise, reports, threads
from kennispunt.mail.handlers import CannotHandle
from kennispunt.mail.models import IncomingMail, Mailbox, RawMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.send import send
from kennispunt.ui.rows import TooLate

Status = IncomingMail.Status
TOLD = {
    reports.Says.ARRIVED: "Kwam aan",
    reports.Says.LATER: "Komt later aan",
    reports.Says.NOTHING: "Rapport van een mailserver",
}
logger = logging.getLogger(__name__)

NOT_WAITING = "Deze mail wachtte al niet meer."
PAUSE = timedelta(minutes=5)  # after an attempt that failed; twice as long after the second, …
MOST_ATTEMPTS = 4
BATCH = 100
MANY = 20  # messages of one sender within an hour: more is a program, or somebody's mistake


# --- Keep -----------------------------------------------------------------------------------------


def keep(raw: bytes, *, via: str, recipient: str = "") -> IncomingMail:
    """Write down a message. The same message, also to another of our addresses, is kept once."""
    now = timezone.now()
    with transaction.atomic():
        mail, new = IncomingMail.objects.get_or_create(
            fingerprint=fingerprint(raw), defaults={"via": via, "received_at": now, "due_at": now}
        )
        if new:
            RawMail.objects.create(mail=mail, content=_delivered_to(recipient) + raw)
            wake()
    return mail


def wake() -> None:
    """Let a worker handle what is kept. One task that still waits is enough: it sees our row."""
    if not DBTaskResult.objects.ready().filter(task_path=handle.module_path).exists():
        handle.enqueue()


def wake_when_due(now: datetime) -> None:
    """Go on with a message whose worker was killed, or whose handler failed: for the clock."""
    if IncomingMail.objects.due(now).exists():
        wake()


_SAME = re.compile(rb"^(message-id|from|date|subject):((?:.*\n?)(?:[ \t].*\n?)*)", re.I | re.M)


def fingerprint(raw: bytes) -> str:
    """The same for two copies of a message, whatever servers wrote on top of each.

    The Message-ID alone would let a stranger keep out somebody else's message by using its name.
    """
    text = raw.replace(b"\r\n", b"\n")
    head, _, body = text.partition(b"\n\n")
    digest = hashlib.sha256()
    known = {name.lower(): b" ".join(value.split()) for name, value in _SAME.findall(head)}
    for name in sorted(known):
        digest.update(name + b":" + known[name] + b"\n")
    digest.update(body.rstrip())
    return digest.hexdigest()


def _delivered_to(recipient):
    """The address that our mail server gave it to, as it would have written it itself."""
    recipient = "".join(sign for sign in recipient if sign.isprintable() and sign != " ")[:320]
    return f"Delivered-To: {recipient}\n".encode() if recipient else b""


# --- Handle ---------------------------------------------------------------------------------------


@task()
def handle() -> int:
    """Handle what is kept. Returns how many messages that were."""
    handled = 0
    while due := _due():
        for pk in due:
            handle_one(pk, timezone.now())
        handled += len(due)
    return handled


def _due():
    return list(IncomingMail.objects.due(timezone.now()).values_list("pk", flat=True)[:BATCH])


def handle_one(pk: int, now: datetime) -> None:
    """Handle one kept message, unless another process did or does."""
    kept = IncomingMail.objects.filter(pk=pk, status=Status.KEPT)
    mail = kept.select_related("raw").first()
    if mail is None:
        return
    # Counted in a transaction before: a message that kills its reader is not read for ever.
    attempt = mail.attempts + 1
    if not kept.filter(attempts=mail.attempts).update(
        attempts=attempt, due_at=now + PAUSE * attempt
    ):
        return
    if attempt > MOST_ATTEMPTS:
        kept.update(status=Status.WAITING, reason="We kregen deze mail niet verwerkt")
        return
    raw = bytes(mail.raw.content)
    message = parse(raw)
    belongs = threads.find(message)
    known = {
        "sender": message.sender[:254],
        "subject": message.subject[:500],
        "message_id": message.message_id,
        # Also of what waits for a person: what it answers stands still until then.
        "purpose": belongs.purpose,
        "key": belongs.key,
    }
    try:
        with transaction.atomic():
            if kept.update(**known):  # the claim: others wait here, and then find nothing
                kept.update(**_outcome(message, belongs, raw, now))
    except CannotHandle as reason:
        kept.update(**known, status=Status.WAITING, reason=str(reason)[:200])
    except Exception as problem:
        # The name of the problem alone: its text may hold what somebody wrote.
        logger.error("Mail %s could not be handled: %s", pk, type(problem).__name__)
        kept.update(**known, reason="Er ging iets mis bij het verwerken")


def _outcome(message, belongs, raw, now):
    """Decide what becomes of the message. Runs the handler; CannotHandle: a person must read it."""
    if report := reports.read(message, raw):
        return _reported(report, now)
    answer = appointments.reply(message)  # before its headers: they only say that a program sent it
    if not answer and (why := recognise.automatic(message)):
        return {"status": Status.AUTOMATIC, "reason": why, "handled_at": now}
    if why := recognise.goes_round(message) or _too_many(message, now):
        raise CannotHandle(why)
    if answer and not answer.words:
        return _by_calendar(answer, belongs, message, now)
    if belongs.why:
        raise CannotHandle(belongs.why)
    if recognise.untrusted(message):
        raise CannotHandle("De afzender is misschien vals")
    if recognise.looks_automatic(message):
        raise CannotHandle("Lijkt een automatisch antwoord")
    return _run(message, belongs.purpose, belongs.key, now)


def _by_calendar(answer, belongs, message, now):
    """A yes or perhaps is kept as read; a no is asked about, or read by a person."""
    if answer.keeps:
        return {"status": Status.AUTOMATIC, "reason": "Agenda: staat erin", "handled_at": now}
    if answer.answer != "DECLINED":
        raise CannotHandle("Vraagt in de agenda iets anders")
    if not belongs.key or recognise.untrusted(message):
        raise CannotHandle("Zegt nee in de agenda")
    handlers.subject_of(belongs.purpose).declined(belongs.key, message.sender)
    return _handled(belongs.purpose, belongs.key, now)


def _run(message, purpose, key, now):
    """Let the handler do its work, in the transaction around us. What then stands in the row."""
    handler = handlers.find(purpose)
    if handler is None:
        raise CannotHandle("Niemand behandelt dit soort mail")
    if not message.text and not message.attachments:
        raise CannotHandle("Er staat geen tekst in die we kunnen lezen")
    handler.handle(message, key)
    return _handled(purpose, key, now)


def _handled(purpose, key, now):
    return {
        "status": Status.HANDLED, "handled_at": now, "purpose": purpose, "key": key, "reason": "",
    }  # fmt: skip


def _reported(report, now):
    """A server tells what became of a mail of ours: say so at the mail that it was."""
    aside = {"status": Status.AUTOMATIC, "handled_at": now}
    if report.says in TOLD:
        return aside | {"reason": TOLD[report.says]}
    if report.says == reports.Says.UNCLEAR:
        raise CannotHandle("Bericht van een mailserver dat we niet begrijpen")
    ours = [f"<{one}>" for one in report.message_ids]
    if report.says == reports.Says.COMPLAINT:
        if not actions.stop_unwanted(ours):
            raise CannotHandle("Iemand meldde een mail van ons als ongewenst")
        return aside | {"reason": "Gemeld als ongewenst: die soort mail stopt"}
    # Knowing an address is not enough to mark our mail: anybody can write such a message.
    if not actions.bounced(ours, "Teruggekomen"):
        raise CannotHandle("Teruggekomen mail, maar we zien niet welke")
    return {"status": Status.RETURNED, "handled_at": now}


def _too_many(message, now):
    if not message.sender:
        return ""
    hour = IncomingMail.objects.filter(
        sender=message.sender, received_at__gt=now - timedelta(hours=1)
    )
    return "Te veel mails kort na elkaar" if hour.count() > MANY else ""


# --- What staff does ------------------------------------------------------------------------------


def handle_as(mail: IncomingMail, *, purpose: str, key: str, now: datetime, act: str = "") -> None:
    """Do what a person read in a mail that waits, or let the handler of this purpose have it.

    CannotHandle says why not; TooLate when a colleague dealt with it.
    """
    waiting = IncomingMail.objects.filter(pk=mail.pk, status=Status.WAITING)
    with transaction.atomic():
        if not waiting.update(reason="Wordt verwerkt"):  # the claim, undone when it fails
            raise TooLate(NOT_WAITING)
        if act:
            handlers.subject_of(purpose).act(key, act)
            waiting.update(**_handled(purpose, key, now))
        else:
            waiting.update(**_run(parse(bytes(mail.raw.content)), purpose, key, now))
        if (mail.purpose, mail.key) != (purpose, key):
            handlers.subject_of(mail.purpose).let_go(mail.key)


def finish(mail: IncomingMail, *, now: datetime) -> None:
    """Nobody needs to do anything about this any more. TooLate when it did not wait."""
    waiting = IncomingMail.objects.filter(pk=mail.pk, status=Status.WAITING)
    with transaction.atomic():
        if not waiting.update(status=Status.DONE, handled_at=now):
            raise TooLate(NOT_WAITING)
        handlers.subject_of(mail.purpose).let_go(mail.key)


@transaction.atomic
def answer(mail: IncomingMail, words: str, *, signed_by: str, now: datetime) -> None:
    """Write back to the sender, in the same conversation; with that it is done.

    TooLate when a colleague was first: nobody gets two answers.
    """
    finish(mail, now=now)
    send(
        "mail/mail/answer.md",
        to=mail.sender,
        purpose="mail.answer",
        in_reply_to=mail.message_id and f"<{mail.message_id}>",
        subject=mail.answer_subject,
        words=words,
        signed_by=signed_by,
    )


def read_after_all(mail: IncomingMail) -> None:
    """Let a person read what we took for a program. TooLate when it was not put aside."""
    aside = IncomingMail.objects.filter(pk=mail.pk, status=Status.AUTOMATIC)
    if not aside.update(status=Status.WAITING, handled_at=None, reason="Toch lezen"):
        raise TooLate("Deze mail lag niet opzij.")


# --- The clock ------------------------------------------------------------------------------------


def is_behind() -> bool:
    """Is there mail that we have not looked at, so that an answer may be among it?"""
    return IncomingMail.objects.filter(status=Status.KEPT).exists() or fetching_fails()


def fetching_fails() -> bool:
    """Does the mailbox that we empty not answer?"""
    return bool(settings.IMAP_URL) and Mailbox.objects.exclude(failing_since=None).exists()
