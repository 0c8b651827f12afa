"""Signed addresses: the thing that an answer is about, and the person who may answer, stand in it.

    antwoord+helpdesk.question.123.k3mz7qv2w5xh4n6r2a@kennispunt.example
             purpose           key person+proof

The proof says that we made the address; the six characters before it say for whom, without naming
them. Everything survives a server that changes capitals. An address does not expire: whether an
answer is still welcome is for the handler.
"""

import base64
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

PERSON = 6  # characters of five bits
PROOF = 12
LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1

_PURPOSE = re.compile(r"[a-z]+(\.[a-z]+)*")
_KEY = re.compile(r"[a-z0-9_]+")
_TOKEN = rf"[a-z0-9_]+(?:\.[a-z0-9_]+)+\.[a-z2-7]{{{PERSON + PROOF}}}"


@dataclass(frozen=True)
class Signed:
    """The contents of a genuine address of ours."""

    purpose: str
    key: str
    person: str  # not who, but the same for the same address

    def is_for(self, address: str) -> bool:
        """Was this address made for the person who writes from that one?"""
        return any(
            constant_time_compare(self.person, _person(address, secret)) for secret in _secrets()
        )


def signed_address(purpose: str, key: object, person: str) -> str:
    """The address to answer to: for this purpose, about this key, by the person we mail here.

    Without MAIL_IN_ADDRESS nobody collects answers, so they go to people: CONTACT_EMAIL.
    """
    key = str(key)
    if not _PURPOSE.fullmatch(purpose) or not _KEY.fullmatch(key):
        raise ValueError(f"{purpose!r} and {key!r} must be lower case letters and digits")
    if not settings.MAIL_IN_ADDRESS:
        return settings.CONTACT_EMAIL
    secret = settings.SECRET_KEY
    who = _person(person, secret)
    token = f"{purpose}.{key}.{who}{_proof(purpose, key, who, secret)}"
    box, _, domain = settings.MAIL_IN_ADDRESS.rpartition("@")
    local = f"{box}+{token}" if box else token
    if len(local) > LOCAL_PART:
        raise ValueError(f"{local} is longer than mail allows before the @")
    return f"{local}@{domain}"


def read(address: str) -> Signed | None:
    """Return what a signed address says; None when it is not one, or not made by us."""
    found = signed_in(address)
    return found[0] if found else None


def signed_in(text: str) -> list[Signed]:
    """Every genuine signed address in a piece of text, each once, in order."""
    if not settings.MAIL_IN_ADDRESS:
        return []
    found = dict.fromkeys(_verified(token) for token in _pattern().findall(text.lower()))
    found.pop(None, None)
    return list(found)


def is_ours(address: str) -> bool:
    """Is this an address that we send from or receive at? Mail from it is a loop."""
    address = address.lower()
    box, _, domain = settings.MAIL_IN_ADDRESS.lower().rpartition("@")
    senders = {settings.DEFAULT_FROM_EMAIL.lower(), settings.MAIL_IN_ADDRESS.lower()}
    if not domain:
        return address in senders
    return address in senders or (
        address.endswith(f"@{domain}") and (not box or address.startswith(f"{box}+"))
    )


def _pattern():
    box, _, domain = settings.MAIL_IN_ADDRESS.lower().rpartition("@")
    before = rf"(?<![a-z0-9._+-]){re.escape(box)}\+" if box else r"(?<![a-z0-9._+-])"
    return re.compile(rf"{before}({_TOKEN})@{re.escape(domain)}(?!\.?[a-z0-9-])")


def _verified(token):
    purpose, key, last = token.rsplit(".", 2)
    person, proof = last[:PERSON], last[PERSON:]
    for secret in _secrets():
        if constant_time_compare(proof, _proof(purpose, key, person, secret)):
            return Signed(purpose, key, person)
    return None


def _secrets():
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _person(address, secret):
    return _short(f"person {address.strip().lower()}", PERSON, secret)


def _proof(purpose, key, person, secret):
    return _short(f"address {purpose} {key} {person}", PROOF, secret)


def _short(value, length, secret):
    digest = salted_hmac("kennispunt.mail.addresses", value, secret=secret, algorithm="sha256")
    return base64.b32encode(digest.digest()).decode().lower()[:length]
