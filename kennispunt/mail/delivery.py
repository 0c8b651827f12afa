"""From the outbox to the mail server. docs/decisions says why it is done in this order.

A worker reserves a few rows by UPDATE, and marks each as on its way, by UPDATE, just before it
speaks to the mail server. So of a worker that is killed only one row can be in doubt. After
LEASE others take what it had reserved; the one in doubt goes again, with a mark.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.models import OutgoingMail

Status = OutgoingMail.Status

BATCH = 20  # an urgent mail waits for at most this many
LEASE = timedelta(minutes=5)  # longer than one conversation with a slow mail server can last
CONNECTION_LOST = (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]  # and then every six hours
GIVE_UP = timedelta(days=3)
# Added on top of a copy that may be the second. Its Message-ID is that of the first.
MARK = b"X-Kennispunt-Copy: 2; the first may have arrived\r\n"


class ServerProblem(Exception):
    """The mail server does not answer, or refuses us: nothing is wrong with the message."""


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
    claim, sent = uuid4().hex, 0
    release_stale(clock())
    lapse(clock())
    with Post() as post:
        while mails := reserve(claim, clock()):
            try:
                for mail in mails:
                    sent += deliver_one(mail, post, clock)
            except ServerProblem as problem:
                release(claim, str(problem))
                break
    return sent


# --- Claims -------------------------------------------------------------------------------------


def reserve(claim, now):
    """Up to BATCH rows that are now ours, the urgent ones first."""
    wanted = OutgoingMail.objects.due(now).values("pk")[:BATCH]
    free = OutgoingMail.objects.filter(pk__in=list(wanted.values_list("pk", flat=True)), claim="")
    if not free.filter(status=Status.WAITING).update(claim=claim, claimed_at=now):
        return []
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    return list(ours.order_by(F("urgent").desc(), "due_at", "pk"))


def release(claim, error=""):
    """Give back what we reserved and did not send, for the next run."""
    changes = {"last_error": error[:500]} if error else {}
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    ours.update(claim="", claimed_at=None, **changes)


def release_stale(now):
    """Take back what a killed worker held. What was on its way may have arrived."""
    stale = OutgoingMail.objects.filter(claimed_at__lte=now - LEASE)
    stale.filter(status=Status.WAITING).exclude(claim="").update(claim="", claimed_at=None)
    stale.filter(status=Status.SENDING).update(
        status=Status.WAITING, claim="", claimed_at=None, perhaps_sent=True, due_at=now
    )


def lapse(now):
    """Wipe what has no sense any more, such as a code; what was not sent yet is not sent."""
    over = OutgoingMail.objects.filter(expires_at__lte=now, message__isnull=False)
    over.filter(status=Status.WAITING, claim="").update(status=Status.LAPSED, ended_at=now)
    return over.exclude(status__in=OutgoingMail.OPEN).update(message=None, subject="")


# --- One message --------------------------------------------------------------------------------


def deliver_one(mail, post, clock) -> bool:
    """Send one reserved row, and write down what came of it."""
    now = clock()
    row = OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim)
    on_its_way = {"status": Status.SENDING, "claimed_at": now, "attempts": F("attempts") + 1}
    post.connect()
    if not row.filter(status=Status.WAITING).update(**on_its_way):
        return False  # we were so slow that another worker took it
    mail.attempts += 1
    try:
        post.send(mail)
    except ServerProblem as problem:
        row.update(**again(mail, clock(), str(problem)))
        raise
    except Doubtful as problem:
        row.update(**again(mail, clock(), str(problem)), perhaps_sent=True)
        return False
    except Refused as refusal:
        too_long = clock() - mail.created_at >= GIVE_UP
        end = failed if refusal.final or too_long else again
        row.update(**end(mail, clock(), str(refusal)))
        return False
    row.update(status=Status.SENT, ended_at=clock(), claim="", claimed_at=None, last_error="")
    return True


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
            self.backend.send_messages([as_django_message(mail)])
        except Exception as problem:
            status = getattr(problem, "status_code", None)
            if status in {400, 406, 413, 422}:
                raise Refused(said(problem), final=True) from problem
            raise ServerProblem(said(problem)) from problem


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
    for part in parsed.iter_attachments():
        message.attach(part.get_filename(), part.get_content(), part.get_content_type())
    return message
