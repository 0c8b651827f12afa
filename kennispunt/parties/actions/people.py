"""People who speak for a party: invite, accept, set rights, remove, hand over, leave, confirm."""

import secrets
from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts.mailbox import addresses
from kennispunt.elections.models import Election
from kennispunt.files import actions as files
from kennispunt.limits import counting
from kennispunt.mail.send import send as send_mail
from kennispunt.parties import confirming, signals
from kennispunt.parties.actions import applying, evidence
from kennispunt.parties.mergers import voted_for
from kennispunt.parties.models import (
    Application,
    Case,
    Consent,
    Evidence,
    Invitation,
    Mandate,
    Objection,
    Party,
)
from kennispunt.parties.periods import INVITATION_DAYS
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate, locked

DAY = timedelta(days=1)
RIGHTS = ("may_vote", "may_book", "may_manage")
MOST_FOR_ONE = 5  # a day to one address, by all parties together
MOST_INVITATIONS = 20  # open at once, and a day; nobody mails the whole town through us


# --- Inviting ------------------------------------------------------------------------------------


@transaction.atomic
def invite(party: Party, *, email: str, role: str, by, **rights) -> Invitation:
    """Mail a colleague an invitation. ValidationError, in Dutch, when it cannot be."""
    # Two presses at once come one after the other, so that both keep to what follows.
    Party.objects.select_for_update().get(pk=party.pk)
    email = email.lower()
    open_ones = party.invitations.open()
    open_ones.filter(expires_on__lt=localdate()).delete()
    if party.mandates.open().filter(person__email=email, accepted_on__isnull=False).exists():
        raise ValidationError({"email": "Deze collega hoort er al bij."})
    if open_ones.filter(email=email).exists():
        raise ValidationError({"email": "Deze collega is al uitgenodigd en kan nog antwoorden."})
    if open_ones.count() >= MOST_INVITATIONS:
        raise ValidationError("Er staan 20 uitnodigingen open. Wacht op antwoord, of trek er in.")
    # Also those that were taken back: the mail is sent.
    if party.invitations.filter(sent_at__gt=timezone.now() - DAY).count() >= MOST_INVITATIONS:
        raise ValidationError("Jullie stuurden vandaag al 20 uitnodigingen. Ga morgen verder.")
    if not counting.take("invitation", email, at_most=MOST_FOR_ONE, seconds=counting.DAY):
        raise ValidationError(
            {"email": "Dit adres kreeg vandaag al genoeg uitnodigingen. Ga morgen verder."}
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        party=party,
        email=email,
        role=role,
        invited_by=by,
        token_hash=Invitation.hash_of(token),
        sent_at=timezone.now(),
        expires_on=localdate() + timedelta(days=INVITATION_DAYS),
        **rights,
    )
    send_mail(
        "parties/mail/invitation.md",
        to=email,
        purpose="parties.invitation",
        inviter=by.name or "Een collega",
        role=invitation.get_role_display(),
        party=party.name,
        until=invitation.expires_on,
        address=full_address("parties:invitation", token),
    )
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, person, consent: str) -> Mandate:
    """Say yes. TooLate when it was answered or ended already."""
    today = localdate()
    mine = Invitation.objects.filter(pk=invitation.pk, answered_at=None, expires_on__gte=today)
    if not mine.update(answered_at=timezone.now(), accepted=True):
        raise TooLate("Deze uitnodiging werkt niet meer.")
    Consent.objects.create(person=person, words=consent, given_at=timezone.now())
    rights = {right: getattr(invitation, right) for right in RIGHTS}
    known = Mandate.objects.of(person).open().filter(party=invitation.party)
    if already := known.exclude(accepted_on=None).first():
        return already  # invited at a second address: nothing is taken away
    mandate, _ = Mandate.objects.update_or_create(
        person=person,
        party=invitation.party,
        ended_on=None,
        defaults={"role": invitation.role, "accepted_on": today, "confirmed_on": today, **rights},
        create_defaults={
            "role": invitation.role, "began_on": today, "accepted_on": today,
            "confirmed_on": today, **rights,
        },
    )  # fmt: skip
    _vouched(mandate, by=invitation.invited_by)
    _close_request(mandate)
    signals.person_accepted.send(Mandate, mandate=mandate)
    return mandate


def revoke_invitation(invitation: Invitation) -> None:
    """Take back an invitation. TooLate when it was answered or taken back already."""
    if not Invitation.objects.filter(pk=invitation.pk).end():
        raise TooLate("Deze uitnodiging was al beantwoord of ingetrokken.")


def decline_invitation(invitation: Invitation) -> None:
    """Say no. TooLate when it was answered or taken back already."""
    if not Invitation.objects.filter(pk=invitation.pk).end():
        raise TooLate("Deze uitnodiging werkt niet meer.")


def move_invitations(sender, old: str, new: str, **kwargs) -> None:
    """Move the invitations of somebody who left an address to the new one."""
    there = Invitation.objects.filter(email__iexact=new).open().values("party")
    Invitation.objects.filter(email__iexact=old, party__in=there).open().delete()
    Invitation.objects.filter(email__iexact=old).update(email=new)


def _vouched(mandate: Mandate, *, by) -> None:
    """Note that a colleague whom we know says so: evidence about the person."""
    evidence.add(
        mandate.party,
        kind=Evidence.Kind.COLLEAGUE,
        source="uitgenodigd of aanvaard door een collega",
        person=mandate.person,
        by=by,
    )


# --- Who asks to join ----------------------------------------------------------------------------


@transaction.atomic
def accept_request(mandate: Mandate, *, by, **rights) -> Mandate:
    """Accept somebody who asked to join, as a colleague or the desk. TooLate: it was done."""
    locked(mandate.party)
    today = localdate()
    waits = Mandate.objects.open().filter(pk=mandate.pk, accepted_on=None)
    if not waits.update(accepted_on=today, confirmed_on=today, **rights):
        raise TooLate
    mandate.refresh_from_db()
    _vouched(mandate, by=by)
    _close_request(mandate)
    signals.person_accepted.send(Mandate, mandate=mandate)
    send_mail(
        "parties/mail/accepted.md",
        to=mandate.person.email,
        purpose="parties.decision",
        name=mandate.person.name,
        founding=False,
        until=None,
        address=full_address("parties:mine"),
    )
    return mandate


def _close_request(mandate: Mandate) -> None:
    """Close what this person sent; a case that was only about it is done."""
    sent = Application.objects.sent().filter(party=mandate.party)
    sent.filter(person=mandate.person).update(state=Application.State.CLOSED)
    if not sent.exists():
        about_people = mandate.party.cases.open().filter(kind=Case.Kind.PERSON)
        about_people.update(state=Case.State.CLOSED)


def leave_to_desk(mandate: Mandate) -> None:
    """Let the desk decide about a person whom the colleagues do not know, and tell it so."""
    sent = Application.objects.of(mandate.person).sent().filter(party=mandate.party)
    sent.update(is_not_known=True)


@transaction.atomic
def refuse_request(mandate: Mandate, *, reason: str) -> Mandate:
    """Refuse somebody who asked to join, and say why. TooLate: it was done."""
    locked(mandate.party)
    waits = Mandate.objects.open().filter(pk=mandate.pk, accepted_on=None)
    if not waits.update(ended_on=localdate()):
        raise TooLate
    _close_request(mandate)
    signals.mandate_ended.send(Mandate, mandate=mandate)
    send_mail(
        "parties/mail/person_declined.md",
        to=mandate.person.email,
        purpose="parties.decision",
        name=mandate.person.name,
        reason=reason,
    )
    return mandate


# --- Rights --------------------------------------------------------------------------------------


def _people_of(party: Party, *, by: Mandate) -> None:
    """Lock the people of this party. TooLate when `by` may no longer change them."""
    locked(party)
    if not party.mandates.managing().filter(pk=by.pk).exists():
        raise TooLate("Een collega veranderde intussen wat jij mag.")


@transaction.atomic
def change(mandate: Mandate, *, by: Mandate, role: str, **rights) -> None:
    """Give another role or other rights. ValidationError when nobody would manage the people."""
    _people_of(mandate.party, by=by)
    if mandate.is_last_manager() and not rights.get("may_manage", True):
        raise ValidationError(
            {"may_manage": "Geef dit recht eerst aan een collega. Iemand moet het doen."}
        )
    if not Mandate.objects.open().filter(pk=mandate.pk).update(role=role, **rights):
        raise TooLate("Deze collega hoort er niet meer bij.")
    if not rights.get("may_manage", True):
        # Nobody comes in any more through who may no longer ask people in.
        mandate.party.invitations.filter(invited_by=mandate.person).end()


@transaction.atomic
def make_manager(mandate: Mandate) -> None:
    """Let one of the people manage the others, when nobody does. TooLate when somebody does."""
    party = locked(mandate.party)
    chosen = Mandate.objects.accepted().filter(pk=mandate.pk)
    if party.mandates.managing().exists() or not chosen.update(may_manage=True):
        raise TooLate


@transaction.atomic
def hand_over(mandate: Mandate, *, to: Mandate) -> None:
    """Give managing and voting to a colleague of the same party; other rights stay."""
    _people_of(mandate.party, by=mandate)
    colleagues = Mandate.objects.open().filter(
        party=mandate.party, pk=to.pk, accepted_on__isnull=False
    )
    if not colleagues.update(may_manage=True, may_vote=to.may_vote or mandate.may_vote):
        raise ValidationError("Deze collega hoort er niet meer bij.")
    Mandate.objects.filter(pk=mandate.pk).update(may_manage=False, may_vote=False)


@transaction.atomic
def _end(mandate: Mandate) -> Mandate:
    """End it: the person was removed, or left. TooLate: it had ended.

    When it was the last who manages, the desk sees a party without a manager.
    """
    locked(mandate.party)
    if not Mandate.objects.open().filter(pk=mandate.pk).update(ended_on=localdate()):
        raise TooLate("Dit was al geregeld.")
    mandate.refresh_from_db()
    mandate.party.invitations.filter(invited_by=mandate.person).end()
    signals.mandate_ended.send(Mandate, mandate=mandate)
    return mandate


@transaction.atomic
def leave(mandate: Mandate) -> None:
    """Stop speaking for the party; somebody who still waited takes back what they sent.

    TooLate: it had ended.
    """
    waits = list(Application.objects.of(mandate.person).sent().filter(party=mandate.party))
    if waits and not mandate.accepted_on:
        for one in waits:  # also when they sent it twice
            applying.withdraw(one)
    else:
        _end(mandate)


@transaction.atomic
def remove(mandate: Mandate, *, by: Mandate) -> None:
    """Take a colleague off, who always hears it."""
    _people_of(mandate.party, by=by)
    _end(mandate)
    send_mail(
        "parties/mail/removed.md",
        to=mandate.person.email,
        purpose="parties.removed",
        name=mandate.person.name,
    )


@transaction.atomic
def publish_details(party: Party, *, by: Mandate, **fields) -> None:
    """Change what everyone may read about the party in the register."""
    _people_of(party, by=by)
    locked(party).keep(**fields)


def confirm(mandate: Mandate) -> None:
    """Note that somebody still speaks for this party, after an election. TooLate: it had ended."""
    if not Mandate.objects.open().filter(pk=mandate.pk).update(confirmed_on=localdate()):
        raise TooLate("Je spreekt niet meer voor deze partij.")


def _to_ask(election: Election, on: date):
    """Return mandates of before this election in areas that voted, and not asked since."""
    known = Coalesce("confirmed_on", "accepted_on")
    speaking = Mandate.objects.open().annotate(known=known).filter(
        known__lt=election.date,
        party__in=Party.objects.in_force(on).filter(areas__in=voted_for(election)),
    )  # fmt: skip
    return speaking.filter(Q(asked_on=None) | Q(asked_on__lt=election.date))


def ask_to_confirm(election: Election, *, on: date) -> int:
    """Mail everyone whether they still speak for their party. Safe to kill and to repeat."""
    asked = 0
    for mandate in _to_ask(election, on).select_related("person"):
        with transaction.atomic():
            if not _to_ask(election, on).filter(pk=mandate.pk).update(asked_on=on):
                continue
            send_mail(
                "parties/mail/confirm.md",
                to=mandate.person.email,
                purpose="parties.confirm",
                name=mandate.person.name,
                voted_on=election.date,
                address=full_address("parties:still", confirming.token_of(mandate, on)),
            )
        asked += 1
    return asked


# --- Consent -------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_consent(person) -> None:
    """Take back the yes of a person: we no longer keep for which party they speak."""
    forget(person)
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=timezone.now())


def forget(person) -> None:
    """Forget everything that says for which party this person speaks or spoke.

    First it ends as it would by day, so that others hear of it; then it is gone. A decision about
    the party stays, and so do the words of an objection that was answered, without the person.
    """
    signals.person_forgotten.send(Mandate, person=person)
    _forget_answers(person)
    waiting = Application.objects.of(person).open()
    while application := waiting.first():
        with suppress(TooLate):  # sent or decided at this very moment: look again
            applying.withdraw(application)
    for mandate in Mandate.objects.of(person).open().select_related("party", "person"):
        _end(mandate)
    evidence.forget_files(Evidence.objects.filter(person=person))
    Evidence.objects.filter(person=person).delete()
    Mandate.objects.of(person).delete()
    Invitation.objects.filter(Q(invited_by=person) | Q(email__in=addresses(person))).delete()
    for one in Application.objects.of(person).select_related("file"):
        file = one.file
        one.delete()
        if file:
            files.remove(file)
    mine = Objection.objects.filter(person=person)
    mine.filter(answered_at=None).delete()
    mine.update(person=None, words="gewist", reply="gewist")


def _forget_answers(person) -> None:
    """Forget our questions about a party and this person's answers; what we asked of them goes with
    what they sent. In older cases, also of parties they applied for.
    """
    applied = Application.objects.of(person).values("party")
    unknown = Q(answered_by=None, party__in=applied) & ~Q(answer="")
    mine = Case.objects.filter(Q(answered_by=person) | unknown)
    mine.update(question="", answer="", answered_by=None)
