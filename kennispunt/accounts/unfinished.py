"""Sessions of signing in: they hold a code and an address, and last no longer than the code.

allauth keeps both in the session, readable in its table. A visitor's session ends with the code;
from that of somebody signed in, who changes their address or sets up an app, it is taken out.
"""

import time

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

LASTS = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
BEGUN = "begun"  # since when a session holds one of these
KEYS = (LOGIN_SESSION_KEY, EMAIL_VERIFICATION_CODE_SESSION_KEY, SECRET_SESSION_KEY)


def short_until_signed_in(get_response):
    """End the session of a visitor with the code that was mailed; mark one that is signed in."""

    def middleware(request):
        response = get_response(request)
        session = request.session
        if session.modified and not session.is_empty():
            mark(session, signed_in=request.user.is_authenticated)
        return response

    return middleware


def mark(session, *, signed_in):
    unfinished = any(key in session for key in KEYS)
    if unfinished and BEGUN not in session:
        session[BEGUN] = int(time.time())
    elif not unfinished and BEGUN in session:
        del session[BEGUN]
    if not signed_in and unfinished:
        session.set_expiry(LASTS)
    elif session.get("_session_expiry") == LASTS:
        session.set_expiry(None)  # as long as any other


def forget_over() -> int:
    """Throw away sessions that are over; returns how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_codes() -> int:
    """Take out what is left of a change that somebody who is signed in did not finish."""
    count, store, old = 0, SessionStore(), time.time() - LASTS
    read = ((session, session.get_decoded()) for session in Session.objects.iterator())
    # Read to the end before one is written: SQLite lets nobody write who still reads what another
    # changed meanwhile ("database is locked", at once).
    over = [(session, held) for session, held in read if held.get(BEGUN, old + 1) <= old]
    for session, held in over:
        rest = {name: held[name] for name in held if name not in (*KEYS, BEGUN)}
        # Only as it was read: what its owner does meanwhile is not undone.
        same = Session.objects.filter(pk=session.pk, session_data=session.session_data)
        count += same.update(session_data=store.encode(rest))
    return count
