"""From the outbox to the mail server. docs/decisions says why it is done in this order.

A worker reserves some rows by UPDATE, and marks a few as on their way, by UPDATE, just before it
speaks to the mail server. So of a worker that is killed at most GROUP rows can be in doubt. After
LEASE others take what it had reserved; those in doubt go again, with a mark.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

import requests
from anymail.exceptions import (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from urllib3.exceptions import NewConnectionError

from kennispunt.mail.models import OutgoingMail
from kennispunt.ui.ahead import impossible

Status = OutgoingMail.Status

BATCH = 20  # an urgent mail waits for at most this many
GROUP = 5  # so many may arrive twice after a kill; the database waits for the disk twice a group
IN_TIME = timedelta(seconds=30)  # what is then left of a group waits, so that LEASE is kept
LEASE = timedelta(minutes=5)  # longer than one conversation with a slow mail server can last
CONNECTION_LOST = (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]  # and then every six hours
GIVE_UP = timedelta(days=3)
# What a provider's API says of one message. Only 413 is for good: else it may be our account.
ABOUT_THIS_MAIL = {400, 406, 413, 422}
NAME_OF_OURS = "kennispunt"
# Added on top of a copy that may be the second. Its Message-ID is that of the first.
MARK = b"X-Kennispunt-Copy: 2; the first may have arrived\r\n"


class ServerProblem(Exception):
    """The mail server does not answer, or refuses us: nothing is wrong with the message.

    `doubtful`: it broke off when it had the message, which may have arrived.
    """

    def __init__(self, reason, *, doubtful=False):
        super().__init__(reason)
        self.doubtful = doubtful


class Refused(Exception):
    """The mail server refuses this message or address. `final`: asking again has no sense."""

    def __init__(self, reason, *, final):
        super().__init__(reason)
        self.final = final


class Doubtful(Exception):
    """The conversation broke off: the message may have arrived."""


@task()
def deliver() -> int:
    """Send what is due. Returns how many went out."""
    return deliver_due(timezone.now)


def wake() -> None:
    """Let a worker deliver now. One task that still waits is enough: it will see our row."""
    if not DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        deliver.enqueue()


def deliver_due(clock: Callable[[], datetime]) -> int:
    """Send what is due by this clock, until nothing is left or the mail server has a problem."""
    claim, sent = uuid4().hex, []
    release_stale(clock())
    lapse(clock())
    with Post() as post:
        while mails := reserve(claim, clock()):
            try:
                for first in range(0, len(mails), GROUP):
                    deliver_group(mails[first : first + GROUP], post, clock, sent)
            except ServerProblem as problem:
                release(claim, str(problem))
                break
    return len(sent)


# --- Claims -------------------------------------------------------------------------------------


def reserve(claim, now):
    """Up to BATCH rows that are now ours, the urgent ones first."""
    due = OutgoingMail.objects.due(now).values_list("pk", flat=True)
    while wanted := list(due[:BATCH]):
        free = OutgoingMail.objects.filter(pk__in=wanted, claim="", status=Status.WAITING)
        if free.update(claim=claim, claimed_at=now):
            break  # else another worker was first: what comes after theirs is for us
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    return list(ours.order_by(F("urgent").desc(), "due_at", "pk"))


def release(claim, error=""):
    """Give back what we reserved and did not send, for the next run."""
    changes = {"last_error": error[:500]} if error else {}
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    ours.update(claim="", claimed_at=None, **changes)


def release_stale(now):
    """Take back what a killed worker held. What was on its way may have arrived."""
    held_too_long = Q(claimed_at__lte=now - LEASE) | impossible("claimed_at", now)
    stale = OutgoingMail.objects.filter(held_too_long)
    stale.filter(status=Status.WAITING).exclude(claim="").update(claim="", claimed_at=None)
    stale.filter(status=Status.SENDING).update(
        status=Status.WAITING, claim="", claimed_at=None, perhaps_sent=True, due_at=now
    )


def lapse(now):
    """Wipe what has no sense any more, such as a code; what was not sent yet is not sent."""
    over = OutgoingMail.objects.filter(expires_at__lte=now, message__isnull=False)
    over.filter(status=Status.WAITING, claim="").update(status=Status.LAPSED, ended_at=now)
    return over.exclude(status__in=OutgoingMail.OPEN).update(message=None, subject="")


# --- A few messages -----------------------------------------------------------------------------


def deliver_group(mails, post, clock, sent) -> None:
    """Send a few reserved rows, write down what came of them, and add what went out to `sent`."""
    post.connect()
    now, taken = clock(), []
    untried = put_on_their_way(mails, now)
    try:
        while untried:
            post.connect()  # again, when something odd broke the conversation
            mail = untried.pop(0)
            if deliver_one(mail, post, clock):
                taken.append(mail.pk)
            if clock() - now >= IN_TIME:
                break
    finally:
        give_back(untried)
        done = {"status": Status.SENT, "ended_at": clock(), "claim": "", "last_error": ""}
        on_its_way(taken, mails).update(**done, claimed_at=None)
        sent += taken


def put_on_their_way(mails, now):
    """Mark them before the first word to the mail server. Returns those that are still ours."""
    reserved = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    reserved = reserved.filter(claim=mails[0].claim, status=Status.WAITING)
    marked = reserved.update(status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    for mail in mails:
        mail.attempts += 1
    if marked == len(mails):
        return list(mails)
    # We were so slow that another worker took some.
    ours = set(on_its_way([mail.pk for mail in mails], mails).values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in ours]


def give_back(mails):
    """The mail server was not asked about these."""
    if mails:
        on_its_way([mail.pk for mail in mails], mails).update(
            status=Status.WAITING, claim="", claimed_at=None, attempts=F("attempts") - 1
        )


def on_its_way(keys, mails):
    """Of these rows the ones that nobody took from us."""
    rows = OutgoingMail.objects.filter(pk__in=keys, claim=mails[0].claim)
    return rows.filter(status=Status.SENDING)


def deliver_one(mail, post, clock) -> bool:
    """Whether the mail server took it; when it did not, that is written down at once."""
    row = on_its_way([mail.pk], [mail])
    try:
        post.send(mail)
    except ServerProblem as problem:
        end = failed if is_the_only_one(mail, clock()) else again
        doubtful = mail.perhaps_sent or problem.doubtful
        row.update(**end(mail, clock(), str(problem)), perhaps_sent=doubtful)
        raise
    except Doubtful as problem:
        end = failed if is_the_only_one(mail, clock()) else again
        row.update(**end(mail, clock(), str(problem)), perhaps_sent=True)
        return False
    except Refused as refusal:
        end = failed if refusal.final or is_old(mail, clock()) else again
        row.update(**end(mail, clock(), str(refusal)))
        return False
    return True


def is_old(mail, now):
    return now - mail.created_at >= GIVE_UP


def is_the_only_one(mail, now):
    """Is it this old mail that makes a server stumble? Between its last attempt and this one the
    server took others. When it took nothing at all, it was away, and that costs no mail.
    """
    others = OutgoingMail.objects.filter(
        status=Status.SENT, ended_at__range=(mail.due_at - PAUSES[-1], mail.due_at)
    )
    return is_old(mail, now) and others.exists()


def again(mail, now, error):
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    return {
        "status": Status.WAITING, "due_at": now + pause, "last_error": error[:500],
        "claim": "", "claimed_at": None,
    }  # fmt: skip


def failed(mail, now, error):
    return {
        "status": Status.FAILED, "ended_at": now, "last_error": error[:500],
        "claim": "", "claimed_at": None,
    }  # fmt: skip


# --- The mail server ----------------------------------------------------------------------------


class Post:
    """The connection to the mail server, kept open from message to message."""

    def __init__(self):
        self.backend = get_connection()
        self.speaks_smtp = isinstance(self.backend, SmtpBackend)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with suppress(smtplib.SMTPException, OSError):
            self.backend.close()

    def connect(self):
        """ServerProblem when there is nobody, or nobody who lets us in."""
        if not self.speaks_smtp or self.backend.connection:
            return
        try:
            self.backend.open()
            self.backend.connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as problem:
            self.backend.connection = None
            raise ServerProblem(f"Geen verbinding: {said(problem)}") from problem

    def send(self, mail):
        content = MARK * mail.perhaps_sent + bytes(mail.message)
        if self.speaks_smtp:
            try:
                self.send_by_smtp(mail, content)
            except (smtplib.SMTPException, ValueError) as problem:
                # Something odd in this one message may not hold up the rest.
                self.backend.close()
                raise Refused(said(problem), final=False) from problem
        else:
            self.send_by_backend(mail)

    def send_by_smtp(self, mail, content):
        """The bytes as they are, in a transaction of their own on the open connection."""
        try:
            self.envelope(mail)
        except CONNECTION_LOST:
            # Kept open too long for the mail server's taste; nothing was handed over yet.
            self.backend.connection = None
            self.connect()
            try:
                self.envelope(mail)
            except CONNECTION_LOST as problem:
                self.backend.connection = None
                raise ServerProblem(said(problem)) from problem
        try:
            self.step(self.backend.connection.data(content))
        except smtplib.SMTPDataError as problem:
            self.step((problem.smtp_code, problem.smtp_error))
        except CONNECTION_LOST as problem:
            self.backend.connection = None
            raise Doubtful(said(problem)) from problem

    def envelope(self, mail):
        """From whom and to whom."""
        server = self.backend.connection
        self.step(server.mail(settings.DEFAULT_FROM_EMAIL), ours=True)
        self.step(server.rcpt(on_the_wire(mail.to)))

    def step(self, answer, *, ours=False):
        """One answer of the server. `ours`: a refusal is about us, not about this message."""
        code, words = answer
        if 200 <= code < 300:
            return
        if code == 421:
            raise smtplib.SMTPServerDisconnected(words.decode("utf-8", "replace"))
        with suppress(smtplib.SMTPException, OSError):
            self.backend.connection.rset()
        reason = f"{code} {words.decode('utf-8', 'replace')}"
        if ours and code != 552:
            raise ServerProblem(reason)
        raise Refused(reason, final=code >= 500)

    def send_by_backend(self, mail):
        """By a backend that wants Django's message: a provider's API, or what tests use."""
        try:
            self.backend.open()
            self.backend.send_messages([as_django_message(mail)])
        except (AnymailRecipientsRefused, AnymailInvalidAddress) as problem:
            answer = getattr(problem.response, "text", "")
            raise Refused(said(answer or problem), final=True) from problem
        except (AnymailUnsupportedFeature, AnymailSerializationError) as problem:
            raise Refused(said(problem), final=False) from problem
        except Exception as problem:
            status = getattr(problem, "status_code", None)
            if status in ABOUT_THIS_MAIL:
                raise Refused(said(problem), final=status == 413) from problem
            raise ServerProblem(said(problem), doubtful=may_have_arrived(problem)) from problem


def may_have_arrived(problem):
    """Did a provider perhaps take the message, although its answer was no yes?"""
    status = getattr(problem, "status_code", None)
    if status is not None:
        return status < 300 or status >= 500
    while problem and not isinstance(problem, NewConnectionError | requests.ConnectTimeout):
        problem = problem.__cause__ or problem.__context__
    return problem is None  # there was somebody, and the conversation broke off


def on_the_wire(address: str) -> str:
    """The address in ASCII: a domain with an accent in it has a second name for that."""
    return address if address.isascii() else sanitize_address(address, "utf-8")


def said(problem):
    """What went wrong in one line, without addresses that a server repeats at length."""
    return " ".join(str(problem).split())[:300] or type(problem).__name__


def as_django_message(mail):
    parsed = mail.parsed
    kept = ("Message-ID", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post")
    headers = {name: str(parsed[name]) for name in (*kept, "In-Reply-To") if parsed[name]}
    if mail.perhaps_sent:
        headers["X-Kennispunt-Copy"] = "2; the first may have arrived"
    message = EmailMultiAlternatives(
        str(parsed["Subject"]), mail.text, str(parsed["From"]), [mail.to], headers=headers,
        reply_to=[str(parsed["Reply-To"])] if parsed["Reply-To"] else None,
    )  # fmt: skip
    message.attach_alternative(mail.html, "text/html")
    message.metadata = {NAME_OF_OURS: mail.message_id}  # it comes back when a provider reports
    for part in parsed.iter_attachments():
        message.attach(part.get_filename(), part.get_content(), part.get_content_type())
    return message
