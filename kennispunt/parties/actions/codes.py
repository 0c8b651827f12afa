"""A code to an address that is publicly of the party: the strongest proof that costs nothing."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from kennispunt.mail.send import send as send_mail
from kennispunt.parties.actions import evidence
from kennispunt.parties.models import Application, Evidence, Party, ProofCode
from kennispunt.parties.periods import PROOF_CODE_DAYS

MOST_TRIES = 5
DAY = timedelta(days=1)
MOST_A_DAY = 3  # to one address, asked for by whoever: nobody floods a party through us
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


def hashed(application: Application, code: str) -> str:
    return hashlib.sha256(f"{application.pk}:{code}".encode()).hexdigest()


@transaction.atomic
def mail_code(application: Application, *, address: str, by) -> ProofCode:
    """Mail a fresh code; an earlier one no longer works."""
    application.codes.filter(used_at=None).delete()
    code = get_random_string(8, SIGNS)
    proof = ProofCode.objects.create(
        application=application, address=address, code_hash=hashed(application, code), sent_by=by
    )
    send_mail(
        "parties/mail/code.md", to=address, purpose="parties.code", code=code,
        days=PROOF_CODE_DAYS,
    )  # fmt: skip
    return proof


def published_address(party: Party) -> str:
    """Where everyone can reach the party, as it says itself in the register; else empty."""
    shown = Party.objects.shown(localdate()).filter(pk=party.pk)
    return party.public_email if shown.exists() else ""


@transaction.atomic
def ask_for_code(application: Application) -> bool:
    """Who wants to join has a code mailed to the published address of the party.

    False when there is no such address, when this person was sent one today, or when too many
    were sent there today.
    """
    party = Party.objects.select_for_update().get(pk=application.party_id)
    address = published_address(party)
    today = ProofCode.objects.filter(sent_at__gt=timezone.now() - DAY)
    there = today.filter(address__iexact=address).count()
    mine = today.filter(application__person=application.person_id)
    if not address or there >= MOST_A_DAY or mine.exists():
        return False
    mail_code(application, address=address, by=None)
    return True


def waiting_code(application: Application) -> ProofCode | None:
    """The code that this application may still be proven with."""
    since = timezone.now() - timedelta(days=PROOF_CODE_DAYS)
    fresh = application.codes.filter(used_at=None, tries__lt=MOST_TRIES, sent_at__gte=since)
    return fresh.first()


def try_code(application: Application, code: str) -> bool:
    """Whether this is the code. Every try counts, also of two at once: five, and it is over."""
    proof = waiting_code(application)
    if proof is None:
        return False
    mine = ProofCode.objects.filter(pk=proof.pk, used_at=None, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1):
        return False
    if proof.code_hash != hashed(application, code.strip().upper().replace("-", "")):
        return False
    with transaction.atomic():
        if not ProofCode.objects.filter(pk=proof.pk, used_at=None).update(used_at=timezone.now()):
            return False
        ours = proof.address == application.party.public_email
        council = application.proof == Application.Proof.COUNCIL_MAIL and not ours
        evidence.add(
            application.party,
            kind=Evidence.Kind.COUNCIL_MAIL if council else Evidence.Kind.PUBLIC_MAIL,
            source=proof.address,
            person=application.person,
            by=proof.sent_by,
        )
    return True
