"""A line in the log for every way in that opened or stayed shut (ASVS 7.2.1).

A person is the number of the account alone: no address, no name, no place, no code.
"""

import logging

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from kennispunt.accounts.models import User

logger = logging.getLogger(__name__)


def account(user) -> str:
    return f"account {user.pk}" if user and user.pk else "an unknown account"


@receiver(user_logged_in)
def came_in(sender, user, **kwargs):
    logger.info("signed in: %s", account(user))


@receiver(user_logged_out)
def went_out(sender, user, **kwargs):
    logger.info("signed out: %s", account(user))


@receiver(user_login_failed)
def stayed_out(sender, credentials, **kwargs):
    typed = str(credentials.get("email") or credentials.get("username") or "").lower()
    found = User.objects.filter(email=typed).first() if typed and "\0" not in typed else None
    logger.warning("password refused: %s", account(found))


def code_refused(user) -> None:
    """A mailed code, or one of an app, that was not right."""
    logger.warning("code refused: %s", account(user))


def changed(what):
    def note(sender, user, **kwargs):
        logger.info("%s: %s", what, account(user))

    return note


_KEPT = []  # a signal holds its receivers weakly
for signal, what in (
    (password_set, "password set"),
    (password_changed, "password changed"),
    (password_reset, "password set anew"),
    (authenticator_added, "second factor added"),
    (authenticator_removed, "second factor removed"),
):
    _KEPT.append(changed(what))
    signal.connect(_KEPT[-1])
