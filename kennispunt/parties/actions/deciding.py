"""Deciding about a party: ask, decide, a second pair of eyes, object, and after an election anew.

Every verb locks the party first and claims its row with an UPDATE, so that two members of staff at
once cannot both decide, and nobody gets two mails. TooLate says that a colleague was first.
"""

import hashlib
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.mail.send import send as send_mail
from kennispunt.parties import signals
from kennispunt.parties.actions import anew
from kennispunt.parties.facts import proposal_for
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.periods import (
    OBJECTION_ANSWER_DAYS,
    OBJECTION_DAYS,
    QUESTION_DAYS,
)
from kennispunt.ui.rows import TooLate, locked

Outcome, State, Status = Case.Outcome, Case.State, Party.Status

STATUS_OF = {
    Outcome.ELIGIBLE: Status.ELIGIBLE,
    Outcome.NEW: Status.NEW,
    Outcome.FOUNDING: Status.FOUNDING,
}


# --- Who may -------------------------------------------------------------------------------------


def refuse_own(case: Case, by) -> None:
    refuse_party(case.party, by)


def refuse_party(party: Party, by) -> None:
    """Nobody decides about a party that they speak for."""
    if Mandate.objects.of(by).filter(party=party).exists():
        raise PermissionDenied("Je spreekt zelf voor deze partij. Laat een collega besluiten.")


def needs_two(case: Case, outcome: str) -> bool:
    """Four eyes for every no and for every joint list."""
    return outcome == Outcome.DECLINE or proposal_for(case.party).needs_two


# --- Asking --------------------------------------------------------------------------------------


@transaction.atomic
def ask(case: Case, *, by, question: str, why: str) -> Case:
    """Ask the people whom the case is about for more. TooLate when somebody else was first."""
    refuse_own(case, by)
    locked(case.party)
    due = localdate() + timedelta(days=QUESTION_DAYS)
    waiting = Case.objects.filter(pk=case.pk, state=State.OPEN)
    changes = {"state": State.ASKED, "question": question, "answer": "", "asked_by": by, "due": due}
    if not waiting.update(**changes):
        raise TooLate
    page = "parties:question" if has_people(case.party) else "parties:application"
    for person in people_of(case):
        send_mail(
            "parties/mail/question.md",
            to=person.email,
            purpose="parties.question",
            name=person.name,
            question=question,
            why=why,
            day=due,
            address=settings.SITE_URL + reverse(page),
        )
    return case


def answer(case: Case, *, words: str, by) -> Case:
    """Somebody answers our question: the case waits for the desk again. TooLate: it was."""
    asked = Case.objects.filter(pk=case.pk, state=State.ASKED)
    if not asked.update(state=State.OPEN, answer=words, answered_by=by, due=localdate()):
        raise TooLate("Deze vraag is al beantwoord.")
    return case


def has_people(party: Party) -> bool:
    """Whether anyone was ever accepted to speak for it: who applies now is not yet one of them."""
    return party.mandates.exclude(accepted_on=None).exists()


def people_of(case: Case) -> list[User]:
    """Whom this case is about: who manages a party that we know, else who applied for it.

    Who asks to join a party that we know has no part in what we ask or decide about that party.
    """
    if has_people(case.party):
        return managers(case.party)
    people = case.party.applications.sent().values("person")
    return list(User.objects.filter(pk__in=people).order_by("pk"))


# --- Deciding ------------------------------------------------------------------------------------


@transaction.atomic
def decide(
    case: Case, *, by, outcome: str, reason: str = "", until: date | None = None, people=()
) -> Decision | None:
    """Decide, or hand over to a second pair of eyes when one is needed; then there is no decision
    yet. `people`: numbers of the mandates that are accepted with the party.

    TooLate when a colleague decided it, or handed it over, meanwhile.
    """
    refuse_own(case, by)
    case.party = locked(case.party)
    waiting = Case.objects.filter(pk=case.pk, state__in=[State.OPEN, State.ASKED])
    if needs_two(case, outcome):
        first = {
            "first_by": by,
            "first_outcome": outcome,
            "first_reason": reason,
            "first_until": until,
            "first_people": list(people),
        }
        if not waiting.update(state=State.SECOND, **first):
            raise TooLate
        return None
    if not waiting.update(state=State.CLOSED):
        raise TooLate
    return settle(case, outcome=outcome, reason=reason, until=until, people=people, decided_by=by)


def fingerprint(case: Case) -> str:
    """The first decision as it was shown, so that nobody agrees with another one."""
    shown = (case.first_outcome, case.first_reason, case.first_until, case.first_people)
    return hashlib.sha256(repr((case.pk, *shown, case.first_by_id)).encode()).hexdigest()


@transaction.atomic
def second(case: Case, *, by, agrees: bool, seen: str | None = None) -> Decision | None:
    """The second pair of eyes: make it the decision, or send it back to be looked at again.

    TooLate when a colleague was first; with `seen`, what stood on the screen (see `fingerprint`),
    also when that changed.
    """
    refuse_own(case, by)
    party = locked(case.party)
    case = locked(case)
    case.party = party
    if case.state != State.SECOND or (seen is not None and seen != fingerprint(case)):
        raise TooLate("Het eerste besluit is intussen veranderd. Lees het opnieuw.")
    if case.first_by_id == by.pk:
        raise PermissionDenied("Jij bent de eerste die keek. Iemand anders kijkt nu mee.")
    case.keep(state=State.CLOSED if agrees else State.OPEN)
    if not agrees:
        return None
    return settle(
        case,
        outcome=case.first_outcome,
        reason=case.first_reason,
        until=case.first_until,
        people=case.first_people,
        decided_by=case.first_by,
        seconded_by=by,
    )


def settle(case, *, outcome, reason, until, people, decided_by, seconded_by=None, is_batch=False):
    """Write the decision with the facts it used, and let it have its effect."""
    now = timezone.now()
    proposal = proposal_for(case.party)
    decision = Decision.objects.create(
        case=case,
        party=case.party,
        outcome=outcome,
        until=until,
        reason=reason,
        rules=proposal.ruleset_version,
        facts=proposal.as_dict(),
        decided_at=now,
        decided_by=decided_by,
        seconded_by=seconded_by,
        is_batch=is_batch,
    )
    apply_status(case.party, decision)
    people = accept_people(case.party, people) if outcome != Outcome.DECLINE else []
    tell(decision, accepted=people)
    close_applications(case, decision)
    return decision


def apply_status(party: Party, decision: Decision) -> None:
    today = localdate(decision.decided_at)
    before = party.status_on(today)
    if decision.outcome == Outcome.DECLINE:
        status, until = Status.ENDED if before in Party.OPENS else Status.NONE, None
    else:
        status, until = STATUS_OF[decision.outcome], decision.until
    party.keep(status=status, status_since=today, status_until=until)
    if status == Status.NONE:
        Mandate.objects.open().filter(party=party, accepted_on=None).update(ended_on=today)
    signals.status_decided.send(Party, party=party, before=before, decision=decision)


def accept_people(party: Party, numbers) -> list[Mandate]:
    """Accept who may speak; the first of a party that has no manager manages its people."""
    today = localdate()
    accepted = []
    for mandate in Mandate.objects.open().filter(party=party, pk__in=numbers, accepted_on=None):
        manages = not party.mandates.open().filter(may_manage=True).exists()
        mandate.keep(accepted_on=today, confirmed_on=today, may_manage=manages, may_vote=manages)
        accepted.append(mandate)
    return accepted


def close_applications(case: Case, decision: Decision) -> None:
    """Who was accepted or declined is done; who was not chosen keeps waiting, in a case anew."""
    sent = case.party.applications.sent()
    if decision.outcome != Outcome.DECLINE or has_people(case.party):
        waits = Mandate.objects.waiting().filter(party=case.party).values("person")
        left = sent.filter(person__in=waits)
        if left.exists():
            Case.objects.create(party=case.party, kind=Case.Kind.PERSON, due=case.due)
        sent = sent.exclude(pk__in=left.values("pk"))
    sent.update(state=Application.State.CLOSED)


def tell(decision: Decision, *, accepted) -> None:
    """Mail the people who waited. In the subject and the first lines there is no party."""
    if decision.outcome == Outcome.DECLINE:
        for person in people_of(decision.case):
            tell_no(decision, person)
        return
    for mandate in accepted:
        send_mail(
            "parties/mail/accepted.md",
            to=mandate.person.email,
            purpose="parties.decision",
            name=mandate.person.name,
            founding=decision.outcome == Outcome.FOUNDING,
            until=decision.until,
            address=settings.SITE_URL + reverse("parties:mine"),
        )


def tell_no(decision, person):
    send_mail(
        "parties/mail/declined.md",
        to=person.email,
        purpose="parties.decision",
        name=person.name,
        decision=decision,
        staff=decision.decided_by,
        object_until=object_until(decision),
        criteria=settings.SITE_URL + reverse("parties:criteria"),
        address=settings.SITE_URL + reverse("parties:object", args=[decision.pk]),
    )


def managers(party: Party) -> list[User]:
    managing = party.mandates.open().filter(may_manage=True).exclude(accepted_on=None)
    people = managing.values("person")
    return list(User.objects.filter(pk__in=people).order_by("pk"))


# --- Objecting -----------------------------------------------------------------------------------


def object_until(decision: Decision) -> date:
    """The last day to object."""
    return localdate(decision.decided_at) + timedelta(days=OBJECTION_DAYS)


def may_object(person, decision: Decision, on: date) -> bool:
    """Who spoke for this party, until six weeks after the no; when nobody ever did, who applied."""
    in_time = decision.outcome == Outcome.DECLINE and on <= object_until(decision)
    return in_time and concerns(decision, person)


def concerns(decision: Decision, person) -> bool:
    """Whether a decision is this person's to read."""
    party = decision.party
    if has_people(party):
        return Mandate.objects.of(person).filter(party=party).exclude(accepted_on=None).exists()
    return party.applications.of(person).exclude(state=Application.State.DRAFT).exists()


@transaction.atomic
def object_to(decision: Decision, *, person, words: str) -> Objection:
    """An objection; a second one to the same decision adds nothing and is the first."""
    due = localdate() + timedelta(days=OBJECTION_ANSWER_DAYS)
    objection, is_new = Objection.objects.get_or_create(
        decision=decision, defaults={"person": person, "words": words, "due": due}
    )
    if is_new:
        send_mail(
            "parties/mail/objection_received.md",
            to=person.email,
            purpose="parties.objection",
            name=person.name,
            day=due,
        )
    return objection


def may_answer(user, objection: Objection) -> bool:
    """Not who took the decision, and not who agreed with it."""
    decision = objection.decision
    return user.pk not in (decision.decided_by_id, decision.seconded_by_id)


@transaction.atomic
def answer_objection(
    objection: Objection, *, by, is_right: bool, reply: str, outcome: str = "",
    until: date | None = None,
) -> Objection:  # fmt: skip
    """A person who did not take the decision answers. When it was wrong, it is decided anew.

    TooLate when a colleague answered it.
    """
    decision = objection.decision
    if not may_answer(by, objection):
        raise PermissionDenied("Jij nam dit besluit. Iemand anders kijkt naar het bezwaar.")
    refuse_own(decision.case, by)
    decision.case.party = locked(decision.party)
    waiting = Objection.objects.filter(pk=objection.pk, answered_at=None)
    answered = {"answered_at": timezone.now(), "answered_by": by}
    if not waiting.update(**answered, is_right=is_right, reply=reply):
        raise TooLate
    if objection.person:
        send_mail(
            "parties/mail/objection_answered.md",
            to=objection.person.email,
            purpose="parties.objection",
            name=objection.person.name,
            is_right=is_right,
            reply=reply,
            address=settings.SITE_URL + reverse("parties:mine"),
        )
    if is_right:
        mandate = take_back_in(decision.party, objection.person)
        people = [mandate.pk] if mandate else []
        settle(decision.case, outcome=outcome, reason="", until=until, people=people, decided_by=by)
    return objection


def take_back_in(party: Party, person) -> Mandate | None:
    """The no ended what the applicant had; it was wrong, so it is there again."""
    if person is None:
        return None
    before = Mandate.objects.of(person).filter(party=party).order_by("-pk").first()
    if before and before.ended_on and not before.accepted_on:
        before.keep(ended_on=None)
    return before


# --- Deciding anew -------------------------------------------------------------------------------


def unchanged() -> "list[Case]":
    """Cases after an election in which nothing changed: confirmed together."""
    cases = Case.objects.open().filter(kind=Case.Kind.ELECTION, what_changed="", state=State.OPEN)
    return list(cases.select_related("party"))


@transaction.atomic
def confirm_batch(cases, *, by) -> int:
    """Confirm unchanged cases at once; one that changed in between, or is mine, is left."""
    done = 0
    own = set(Mandate.objects.of(by).values_list("party", flat=True))
    for case in cases:
        still = Case.objects.filter(pk=case.pk, state=State.OPEN, what_changed="")
        if case.party_id in own:
            continue
        case.party = locked(case.party)
        if not still.update(state=State.CLOSED):
            continue
        anew.link_lists(case.party, case)
        settle(
            case, outcome=Outcome.ELIGIBLE, reason="", until=None, people=[], decided_by=by,
            is_batch=True,
        )  # fmt: skip
        done += 1
    return done


def waiting_cases():
    """Open cases that wait for the desk: also those whose question stayed without an answer."""
    late = Q(state=State.ASKED, due__lt=localdate())
    return Case.objects.filter(Q(state=State.OPEN) | late)
