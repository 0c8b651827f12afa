"""A code to an address that is publicly of the party: the strongest proof that costs nothing."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from kennispunt.mail.send import send as send_mail
from kennispunt.parties.actions import evidence
from kennispunt.parties.models import Application, Evidence, Party, ProofCode
from kennispunt.parties.periods import PROOF_CODE_DAYS

DAY = timedelta(days=1)
MOST_A_DAY = 3  # to one address, asked for by whoever: nobody floods a party through us
NO_CODE_NOW = "Er kan nu geen code worden gestuurd. Probeer het morgen opnieuw."
WRONG_CODE = "Deze code klopt niet. Kijk hem na, of vraag ons een nieuwe."
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


def _hashed(application: Application, code: str) -> str:
    return hashlib.sha256(f"{application.pk}:{code}".encode()).hexdigest()


@transaction.atomic
def mail_code(application: Application, *, address: str, by) -> ProofCode:
    """Mail a fresh code; an earlier one no longer works."""
    application.codes.filter(used_at=None).delete()
    code = get_random_string(8, SIGNS)
    proof = ProofCode.objects.create(
        application=application, address=address, code_hash=_hashed(application, code), sent_by=by
    )
    send_mail(
        "parties/mail/code.md", to=address, purpose="parties.code", code=code,
        days=PROOF_CODE_DAYS,
    )  # fmt: skip
    return proof


@transaction.atomic
def ask_for_code(application: Application) -> ProofCode:
    """Have a code mailed to the published address of the party that somebody wants to join.

    ValidationError when there is no such address, when this person was sent one today, or when too
    many were sent there today.
    """
    party = Party.objects.select_for_update().get(pk=application.party_id)
    address = party.published_email(localdate())
    today = ProofCode.objects.filter(sent_at__gt=timezone.now() - DAY)
    there = today.filter(address__iexact=address).count()
    mine = today.filter(application__person=application.person_id)
    if not address or there >= MOST_A_DAY or mine.exists():
        raise ValidationError(NO_CODE_NOW)
    return mail_code(application, address=address, by=None)


def try_code(application: Application, code: str) -> Evidence:
    """Prove with a code that one is of the party. ValidationError when it is not the code.

    Every try counts, also of two at once: five, and it is over.
    """
    proof = application.codes.usable(timezone.now()).first()
    if proof is None:
        raise ValidationError(WRONG_CODE)
    mine = ProofCode.objects.usable(timezone.now()).filter(pk=proof.pk)
    if not mine.update(tries=F("tries") + 1):
        raise ValidationError(WRONG_CODE)
    if proof.code_hash != _hashed(application, code.strip().upper().replace("-", "")):
        raise ValidationError(WRONG_CODE)
    with transaction.atomic():
        if not ProofCode.objects.filter(pk=proof.pk, used_at=None).update(used_at=timezone.now()):
            raise ValidationError(WRONG_CODE)
        ours = proof.address == application.party.public_email
        council = application.proof == Application.Proof.COUNCIL_MAIL and not ours
        return evidence.add(
            application.party,
            kind=Evidence.Kind.COUNCIL_MAIL if council else Evidence.Kind.PUBLIC_MAIL,
            source=proof.address,
            person=application.person,
            by=proof.sent_by,
        )
