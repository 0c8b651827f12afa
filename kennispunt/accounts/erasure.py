"""Forgetting a person, also when an old copy of the database comes back.

The list of erasures is a file outside the database: a restore must not bring it back in time.
"""

import os

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from kennispunt.accounts import registry
from kennispunt.accounts.models import User


def fingerprint(user: User) -> str:
    """Who this was, without saying who. A number can be given out again, so the day counts too."""
    return salted_hmac("erasure", f"{user.pk} {user.joined_at.timestamp()}").hexdigest()


@transaction.atomic
def delete(user: User) -> None:
    """Forget this person in every app: see signals.py, where every way of deleting passes."""
    user.delete()


def forget_everywhere(user: User) -> None:
    """What goes with a person. Written down first, so that a kill in between is mended."""
    _write_down(fingerprint(user))
    registry.erase(user)


def replay() -> int:
    """Forget again who was forgotten before. Returns how many were back."""
    erased = _written_down()
    back = [user for user in User.objects.iterator() if fingerprint(user) in erased]
    for user in back:
        delete(user)
    return len(back)


def _written_down():
    file = settings.ERASURES_FILE
    return set(file.read_text().split()) if file.exists() else set()


def _write_down(mark):
    if mark in _written_down():
        return
    settings.ERASURES_FILE.parent.mkdir(parents=True, exist_ok=True)  # var/ of a fresh clone
    with settings.ERASURES_FILE.open("a") as file:
        file.write(f"{mark}\n")
        file.flush()
        os.fsync(file.fileno())


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
    for session in UserSession.objects.filter(user=user):
        session.end()
