"""Forgetting a person, also when an old copy of the database comes back.

The list of erasures is a file outside the database: a restore must not bring it back in time. Its
lines go when no back-up can be so old any more.
"""

import fcntl
import os
from contextlib import contextmanager
from datetime import date

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from kennispunt.accounts import registry
from kennispunt.accounts.models import User
from kennispunt.mail.models import OutgoingMail
from kennispunt.ui.unasked import sqlite_waits


def fingerprint(user: User) -> str:
    """Identify a person without naming them; with the day, as a number may be given again."""
    return salted_hmac("erasure", f"{user.pk} {user.joined_at.timestamp()}").hexdigest()


@transaction.atomic
def delete(user: User) -> None:
    """Forget this person in every app: see signals.py, where every way of deleting passes."""
    user.delete()


def forget_everywhere(user: User) -> None:
    """Forget a person everywhere. Written down first, so that a kill in between is mended."""
    _write_down(fingerprint(user))
    registry.erase(user)
    transaction.on_commit(scrub, robust=True)


def scrub() -> None:
    """Leave no copy behind in the database file: what SQLite wrote before goes with its log.

    Freed space is overwritten (secure_delete, in the settings). The log waits for its readers: a
    moment, no longer; the next one does it then. PostgreSQL cleans by itself (docs/privacy.md).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with sqlite_waits(500), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replay() -> int:
    """Forget again who was forgotten before. Returns how many were back."""
    erased = _written_down()
    back = [user for user in User.objects.iterator() if fingerprint(user) in erased]
    for user in back:
        delete(user)
    return len(back)


def lines_before(before: date) -> int:
    """Return how many were erased before this day."""
    return sum(day < before for _, day in _lines())


def forget_lines(before: date) -> None:
    """Take out those erased before this day, and give a day to those who have none yet."""
    if settings.ERASURES_FILE.exists():
        with _alone():
            _replace([(mark, day) for mark, day in _lines() if day >= before])


def _written_down():
    return {mark for mark, _ in _lines()}


def _lines():
    """(fingerprint, day). A line of before there were days counts from today."""
    if not settings.ERASURES_FILE.exists():
        return []
    today = localdate()
    lines = (line.split() for line in settings.ERASURES_FILE.read_text().splitlines())
    return [
        (line[0], date.fromisoformat(line[1]) if len(line) > 1 else today) for line in lines if line
    ]


def _write_down(mark):
    with _alone():
        if mark in _written_down():
            return
        with settings.ERASURES_FILE.open("a") as file:
            file.write(f"{mark} {localdate()}\n")
            file.flush()
            os.fsync(file.fileno())


def _replace(lines):
    """Write the whole file anew, beside the old one, so that a kill leaves the one or the other."""
    new = settings.ERASURES_FILE.with_suffix(".new")
    with new.open("w") as file:
        file.writelines(f"{mark} {day}\n" for mark, day in lines)
        file.flush()
        os.fsync(file.fileno())
    new.replace(settings.ERASURES_FILE)


@contextmanager
def _alone():
    """One process at a time writes: what another adds meanwhile may not get lost."""
    settings.ERASURES_FILE.parent.mkdir(parents=True, exist_ok=True)  # var/ of a fresh clone
    with settings.ERASURES_FILE.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def export_account(user):
    rows = {
        "adressen": EmailAddress.objects.values("email", "verified"),
        "inlogmethoden": Authenticator.objects.values("type", "created_at", "last_used_at"),
        "sessies": UserSession.objects.values("ip", "user_agent", "created_at", "last_seen_at"),
    }
    return {
        "mailadres": user.email,
        "naam": user.name,
        "account sinds": user.joined_at,
        **{name: list(values.filter(user=user)) for name, values in rows.items()},
    }


def erase_account(user):
    """End every session; a new address that was not confirmed yet is only there, and goes too."""
    for session in UserSession.objects.filter(user=user):
        held = SessionStore(session.session_key).get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}
        if address := held.get("email"):
            # No more than that code: the address may be of somebody else.
            code = OutgoingMail.objects.filter(purpose="account.email_confirmation")
            code.filter(to__iexact=address).delete()
        session.end()
