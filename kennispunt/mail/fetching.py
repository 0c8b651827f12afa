"""Emptying our mailbox by IMAP, started by the clock.

A message leaves the inbox only after it is kept, so a kill at any moment costs nothing: it is found
again, and keeping it twice gives one. What is kept moves to a folder, where it stays as long as our
own copy may.
"""

import imaplib
import logging
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
)

from kennispunt.mail import intake
from kennispunt.mail.models import Mailbox

logger = logging.getLogger(__name__)

KINDS = {
    "imaps": (MailBox, 993),
    "imap+tls": (MailBoxStartTls, 143),
    "imap": (MailBoxUnencrypted, 143),  # for a server on the same machine
}
DONE = "Verwerkt"
KEPT = timedelta(days=30)  # as long as our own copy (retention.py)
PATIENCE = 30  # seconds
NO_ANSWER = (ImapToolsError, imaplib.IMAP4.error, OSError)


def fetch(now: datetime) -> int:
    """Keep what is in the mailbox. Returns how many messages. Does nothing without IMAP_URL."""
    if not settings.IMAP_URL:
        return 0
    state, _ = Mailbox.objects.get_or_create(name=_name())
    try:
        with _open() as mailbox:
            kept = _empty(mailbox)
    except NO_ANSWER as problem:
        Mailbox.objects.filter(pk=state.pk, failing_since=None).update(failing_since=now)
        Mailbox.objects.filter(pk=state.pk).update(last_error=type(problem).__name__)
        logger.warning("The mailbox did not answer: %s", type(problem).__name__)
        return 0
    Mailbox.objects.filter(pk=state.pk).update(answered_at=now, failing_since=None, last_error="")
    return kept


def forget_fetched(now: datetime) -> None:
    """Delete from the server what we keep no longer ourselves."""
    if not settings.IMAP_URL:
        return
    try:
        with _open() as mailbox:
            if mailbox.folder.exists(_done()):
                mailbox.folder.set(_done())
                mailbox.delete(mailbox.uids(AND(date_lt=(now - KEPT).date())), chunks=500)
    except NO_ANSWER as problem:
        logger.warning("The mailbox did not answer: %s", type(problem).__name__)


def _empty(mailbox):
    if not mailbox.folder.exists(_done()):
        mailbox.folder.create(_done())
    kept = 0
    for uid in mailbox.uids("UNDELETED"):
        raw = _raw(mailbox, uid)
        if raw is None:
            continue  # somebody else moved it
        try:
            intake.keep(raw, via="imap")
        except Exception as problem:
            # It stays where it is, for the next minute; the others go on.
            logger.error("A message could not be kept: %s", type(problem).__name__)
            continue
        mailbox.move([uid], _done())
        kept += 1
    return kept


def _raw(mailbox: BaseMailBox, uid):
    """The bytes as they came; reading them changes no flag."""
    _, parts = mailbox.client.uid("fetch", uid, "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _open():
    url = urlsplit(settings.IMAP_URL)
    if url.scheme not in KINDS or not url.hostname:
        raise ImproperlyConfigured("IMAP_URL must look like imaps://user:password@host/INBOX")
    kind, port = KINDS[url.scheme]
    mailbox = kind(url.hostname, url.port or port, timeout=PATIENCE)
    return mailbox.login(
        unquote(url.username or ""), unquote(url.password or ""), unquote(url.path[1:]) or "INBOX"
    )


def _done():
    return parse_qs(urlsplit(settings.IMAP_URL).query).get("done", [DONE])[0]


def _name():
    """Return the name of this mailbox, without its password."""
    url = urlsplit(settings.IMAP_URL)
    return f"{unquote(url.username or '')} op {url.hostname}{url.path}"[:200]
