"""Limits of allauth, counted where all processes see them; and mail to one address a day as well.

allauth counts in the cache: of each process its own when none is shared, with plain addresses in
the keys, and gone when the cache is. So its two functions that count, and the one that remembers
which code of an app was used, are ours (plug_in, from apps.py).
"""

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP

from kennispunt.limits.counting import DAY, HOUR, fits, forget, give_back, place, take

# Mails that anybody can have us send to anybody, by typing an address.
BY_STRANGERS = {
    "account_already_exists",
    "email_confirmation",
    "email_confirmation_signup",
    "login_code",
    "password_reset_key",
    "unknown_account",
}
FROM_ONE_PLACE_A_DAY = 300  # a town hall is one place
TO_ONE_ADDRESS_AN_HOUR, TO_ONE_ADDRESS_A_DAY = 8, 20
FROM_THERE_AN_HOUR = 5  # less: who bothers somebody does not so soon keep them from their code


def may_mail(request, address: str) -> bool:
    """Whether one more mail may go to this address, that whoever is at this place asks for."""
    return all(fits(*who, at_most=most) for who, most, _ in _limits(request, address))


def mails(request, address: str) -> bool:
    """Count one that goes out now. False: it may not."""
    limits = _limits(request, address)
    return all(take(*who, at_most=most, seconds=seconds) for who, most, seconds in limits)


def _limits(request, address):
    address, here = address.lower(), place(request)
    return [
        (("mail from there", f"{address} {here}"), FROM_THERE_AN_HOUR, HOUR),
        (("mail in an hour", address), TO_ONE_ADDRESS_AN_HOUR, HOUR),
        (("mail in a day", address), TO_ONE_ADDRESS_A_DAY, DAY),
        (("mail from place", here), FROM_ONE_PLACE_A_DAY, DAY),
    ]


# --- allauth's own limits -------------------------------------------------------------------------


class Counted:
    """One that counted, and can be taken back: a password that was right."""

    def __init__(self, name):
        self.name = name

    def rollback(self):
        give_back("allauth", self.name)


def consume(
    request, *, app, action, rate, key=None, user=None, dry_run=False, raise_exception=False
):
    """allauth's _consume_single_rate: None, or RateLimited, when it is too much."""
    name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
    if dry_run:
        allowed = fits("allauth", name, at_most=rate.amount)
    else:
        allowed = take("allauth", name, at_most=rate.amount, seconds=rate.duration)
    if not allowed and raise_exception:
        raise RateLimited
    return Counted(name) if allowed else None


def clear(request, *, app, action, config=None, key=None, user=None):
    """allauth's clear: count anew for who reset the password."""
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        found = {"app": app, "action": action, "rate": rate, "key": key, "user": user}
        forget("allauth", ratelimit.get_cache_key(request, **found))


def use_code(user, code: str) -> bool:
    """Whether this code of an app was not used before, for as long as it could be (ASVS 2.8.4)."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    who = f"{user.pk} {normalize_user_code(code)}"
    return take("totp", who, at_most=1, seconds=steps * app_settings.TOTP_PERIOD)


def plug_in():
    ratelimit._consume_single_rate = consume
    ratelimit.clear = clear
    TOTP._mark_code_used = lambda self, code: use_code(self.instance.user, code)
