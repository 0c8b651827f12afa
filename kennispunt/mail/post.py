"""A conversation with the mail server, or the API of a provider, and what it refuses."""

import smtplib
import time
from contextlib import suppress
from multiprocessing.connection import wait

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
from urllib3.exceptions import NewConnectionError

from kennispunt.mail.message import on_the_wire

CONNECTION_LOST = (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError)
# What a provider's API says of one message. Only 413 is for good: else it may be our account.
ABOUT_THIS_MAIL = {400, 406, 413, 422}
NAME_OF_OURS = "kennispunt"
# Added on top of a copy that may be the second. Its Message-ID is that of the first.
MARK = b"X-Kennispunt-Copy: 2; the first may have arrived\r\n"


class ServerProblem(Exception):
    """The mail server does not answer, or refuses us: nothing is wrong with the message.

    `doubtful`: the message may have arrived; `broke_off`: so may it when the same happens again.
    """

    def __init__(self, reason, *, doubtful=False, broke_off=False):
        super().__init__(reason)
        self.doubtful, self.broke_off = doubtful, broke_off


class Refused(Exception):
    """The mail server refuses this message or address. `final`: asking again has no sense.

    `saw`: how much the server knew by then: the "address", or the "content" too.
    """

    def __init__(self, reason, *, final, saw="content"):
        super().__init__(reason)
        self.final, self.saw = final, saw


class Doubtful(Exception):
    """The conversation broke off: the message may have arrived."""


class Post:
    """The connection to the mail server, kept open from message to message."""

    def __init__(self):
        self.backend = get_connection()
        self.speaks_smtp = isinstance(self.backend, SmtpBackend)
        self.still_busy = lambda: None  # told now and then while the server lets us wait
        self.patience = settings.MAIL_PATIENCE

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.patience = settings.EMAIL_TIMEOUT  # nobody needs to wait for a goodbye
        with suppress(smtplib.SMTPException, OSError):
            self.backend.close()

    def connect(self):
        """ServerProblem when there is nobody, or nobody who lets us in."""
        if not self.speaks_smtp or self.backend.connection:
            return
        try:
            self.backend.open()
            self.wait_for_answers(self.backend.connection)
            self.backend.connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as problem:
            self.backend.connection = None
            raise ServerProblem(f"Geen verbinding: {said(problem)}") from problem

    def wait_for_answers(self, connection):
        """Let the server take the time that RFC 5321, 4.5.3.2 gives it, while we say we live."""
        read = connection.getreply

        def getreply():
            until = time.monotonic() + self.patience
            # What TLS has read already does not show at the socket.
            while not getattr(connection.sock, "pending", int)():
                left = until - time.monotonic()
                if left <= 0:
                    connection.close()
                    raise TimeoutError("De mailserver antwoordt niet")
                if wait([connection.sock], min(left, settings.MAIL_STILL_BUSY)):
                    break
                self.still_busy()
            return read()

        connection.getreply = getreply

    def send(self, mail):
        content = MARK * mail.perhaps_sent + mail.content
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
        server, self.patience = self.backend.connection, settings.MAIL_PATIENCE_AFTER_DATA
        try:
            server.sock.settimeout(settings.MAIL_PATIENCE)
            self.step(server.data(content), saw="content")
        except smtplib.SMTPDataError as problem:
            self.step((problem.smtp_code, problem.smtp_error), saw="content")
        except CONNECTION_LOST as problem:
            self.backend.connection = None
            raise Doubtful(said(problem)) from problem
        finally:
            self.patience = settings.MAIL_PATIENCE

    def envelope(self, mail):
        """The sender and the receiver."""
        server = self.backend.connection
        self.step(server.mail(settings.DEFAULT_FROM_EMAIL), ours=True)
        self.step(server.rcpt(on_the_wire(mail.to)))

    def step(self, answer, *, ours=False, saw="address"):
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
        raise Refused(reason, final=code >= 500, saw=saw)

    def send_by_backend(self, mail):
        """By a backend that wants Django's message: a provider's API, or what tests use."""
        try:
            self.backend.open()
            self.backend.send_messages([as_django_message(mail)])
        except (AnymailRecipientsRefused, AnymailInvalidAddress) as problem:
            answer = getattr(problem.response, "text", "")
            raise Refused(said(answer or problem), final=True, saw="address") from problem
        except (AnymailUnsupportedFeature, AnymailSerializationError) as problem:
            raise Refused(said(problem), final=False) from problem
        except Exception as problem:
            status = getattr(problem, "status_code", None)
            if status in ABOUT_THIS_MAIL:
                raise Refused(said(problem), final=status == 413) from problem
            raise ServerProblem(
                said(problem), doubtful=may_have_arrived(problem),
                broke_off=status is None and may_have_arrived(problem),
            ) from problem  # fmt: skip


def may_have_arrived(problem):
    """Did a provider perhaps take the message, although its answer was no yes?"""
    status = getattr(problem, "status_code", None)
    if status is not None:
        return status < 300 or status >= 500
    while problem and not isinstance(problem, NewConnectionError | requests.ConnectTimeout):
        problem = problem.__cause__ or problem.__context__
    return problem is None  # there was somebody, and the conversation broke off


def said(problem):
    """Say in one line what went wrong, without addresses that a server repeats at length."""
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
