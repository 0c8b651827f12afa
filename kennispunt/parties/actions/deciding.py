"""Deciding about a party: decide, a second pair of eyes, and after an election anew.

Every verb locks the party first and claims its row with an UPDATE, so that two members of staff at
once cannot both decide, and nobody gets two mails. TooLate says that a colleague was first.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.mail.send import send as send_mail
from kennispunt.parties import signals
from kennispunt.parties.actions import reopening
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Application, Case, Decision, Lineage, Mandate, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, working_days_after
from kennispunt.parties.permissions import refuse_own_party
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate, locked

Outcome, State, Status = Case.Outcome, Case.State, Party.Status
DAY = timedelta(days=1)

STATUS_OF = {
    Outcome.ELIGIBLE: Status.ELIGIBLE,
    Outcome.NEW: Status.NEW,
    Outcome.FOUNDING: Status.FOUNDING,
}


# --- Deciding ------------------------------------------------------------------------------------


def _needs_two(case: Case, outcome: str) -> bool:
    """Whether it takes four eyes: every no does, and every joint list."""
    return outcome == Outcome.DECLINE or proposal_for(case.party).needs_two


@transaction.atomic
def decide(
    case: Case, *, by, outcome: str, reason: str = "", until: date | None = None, people=()
) -> Decision | None:
    """Decide, or hand over to a second pair of eyes when one is needed; then there is no decision
    yet. `people`: numbers of the mandates that are accepted with the party.

    TooLate when a colleague decided it, or handed it over, meanwhile; also when it is now about a
    person who wants to join: that is answered to this person alone (people.refuse_request).
    """
    refuse_own_party(case.party, by)
    case.party = locked(case.party)
    waiting = Case.objects.filter(pk=case.pk, state__in=[State.OPEN, State.ASKED])
    waiting = waiting.exclude(kind=Case.Kind.PERSON)
    if _needs_two(case, outcome):
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


def _at_second(case: Case) -> Case:
    """Lock the case and its party, while a second pair of eyes is asked."""
    party = locked(case.party)
    case = locked(case, "first_by")
    case.party = party
    if case.state != State.SECOND:
        raise TooLate("Het eerste besluit is intussen veranderd. Lees het opnieuw.")
    return case


@transaction.atomic
def second(
    case: Case, *, by, agrees: bool, seen: str | None = None, remark: str = ""
) -> Decision | None:
    """Make it the decision as second pair of eyes, or send it back with a remark for the first.

    TooLate when a colleague was first; with `seen`, what stood on the screen (Case.fingerprint),
    also when that changed. ValidationError when its last day went by.
    """
    refuse_own_party(case.party, by)
    case = _at_second(case)
    if seen is not None and seen != case.fingerprint:
        raise TooLate("Het eerste besluit is intussen veranderd. Lees het opnieuw.")
    if case.first_by_id == by.pk:
        raise PermissionDenied("Jij bent de eerste die keek. Iemand anders kijkt nu mee.")
    if not agrees:
        case.keep(state=State.OPEN, sent_back=remark, sent_back_by=by)
        return None
    if case.kind == Case.Kind.PERSON:
        raise TooLate("Dit gaat over een persoon, niet over de partij. Stuur het terug.")
    if case.first_until and case.first_until < localdate():
        raise ValidationError("De dag tot en met wanneer het geldt, is voorbij. Stuur het terug.")
    case.keep(state=State.CLOSED)
    return settle(
        case,
        outcome=case.first_outcome,
        reason=case.first_reason,
        until=case.first_until,
        people=case.first_people,
        decided_by=case.first_by,
        seconded_by=by,
    )


@transaction.atomic
def take_back(case: Case, *, by) -> Case:
    """Take a first decision back, by the person who made it, before the second looked at it."""
    case = _at_second(case)
    if case.first_by_id != by.pk:
        raise PermissionDenied("Alleen wie het eerst besloot, trekt dat in.")
    case.keep(state=State.OPEN)
    return case


def settle(
    case, *, outcome, reason, until, people, decided_by, seconded_by=None, is_batch=False,
    told: Collection[int] = (),
):  # fmt: skip
    """Write the decision with the facts it used, and let it have its effect.

    `told`: numbers of people who hear of it in another mail.
    """
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
    before = _apply_status(case.party, decision)
    if outcome != Outcome.DECLINE:
        _accept_people(case.party, people)
    elif case.is_about_applicants:
        waiting = Mandate.objects.open().filter(party=case.party, accepted_on=None)
        waiting.update(ended_on=localdate(now))
    # After the people: who listens asks who speaks for the party now.
    signals.status_decided.send(Party, party=case.party, before=before, decision=decision)
    _tell(decision, but=told)
    _close_applications(case, decision)
    return decision


def _apply_status(party: Party, decision: Decision) -> Party.Status:
    """Give the party the status that was decided; return the one it had."""
    today = localdate(decision.decided_at)
    before = party.status_on(today)
    if decision.outcome != Outcome.DECLINE:
        status, until = STATUS_OF[decision.outcome], decision.until
        until = _until_it_goes_on(party, until, today)
        party.keep(status=status, status_since=today, status_until=until)
    elif before != Status.ENDED:  # what had ended already, ended then
        status = Status.ENDED if before in Party.OPENS else Status.NONE
        party.keep(status=status, status_since=today, status_until=None)
    return before


def _until_it_goes_on(party: Party, until: date | None, today: date) -> date | None:
    """Return its last day: no later than the day on which it goes on as another."""
    step = party.successors.filter(kind__in=Lineage.ENDS).first()
    if step is None:
        return until
    last = max(step.date - DAY, today)
    Lineage.objects.filter(pk=step.pk).update(lasted_until=until)
    return last if until is None else min(until, last)


def _accept_people(party: Party, numbers) -> None:
    """Accept the people who may speak; the first, when there is no manager, manages its people."""
    today = localdate()
    for mandate in Mandate.objects.open().filter(party=party, pk__in=numbers, accepted_on=None):
        manages = not party.mandates.open().filter(may_manage=True).exists()
        mandate.keep(accepted_on=today, confirmed_on=today, may_manage=manages, may_vote=manages)


def _close_applications(case: Case, decision: Decision) -> None:
    """Close what was answered; whoever was not chosen keeps waiting, in a new case."""
    party, sent = case.party, case.party.applications.sent()
    waiting = Mandate.objects.open().filter(party=party, accepted_on=None)
    sent.exclude(person__in=waiting.values("person")).update(
        state=Application.State.CLOSED, decision=decision
    )
    _wait_on(party, due=case.due)


def _wait_on(party: Party, *, due: date) -> None:
    """Give a case to those who still wait for an answer; close a case about people without any.

    What lies open was perhaps about admitting the party: after a yes it is about who joins it.
    """
    about_people = [Case.Kind.APPLICATION, Case.Kind.PERSON]
    found = party.cases.open().filter(kind__in=about_people)
    if not party.applications.sent().exists():
        found.update(state=State.CLOSED)
    elif found.exists():
        found.update(kind=Case.Kind.PERSON, state=State.OPEN, first_outcome="", first_reason="")
    elif not party.cases.open().exists():
        due = max(due, working_days_after(localdate(), ANSWER_WORKING_DAYS))
        Case.objects.create(party=party, kind=Case.Kind.PERSON, due=due)


def _tell(decision: Decision, *, but: Collection[int]) -> None:
    """Mail the people who waited. In the subject and the first lines there is no party."""
    sent = decision.party.applications.sent().exclude(person__in=but).values("person")
    if decision.outcome == Outcome.DECLINE:
        for person in decision.case.people():
            _tell_no(decision, person)
        return
    accepted = decision.party.mandates.open().exclude(accepted_on=None).filter(person__in=sent)
    for mandate in accepted.select_related("person"):
        send_mail(
            "parties/mail/accepted.md",
            to=mandate.person.email,
            purpose="parties.decision",
            name=mandate.person.name,
            founding=decision.outcome == Outcome.FOUNDING,
            until=decision.until,
            address=full_address("parties:mine"),
        )


def _tell_no(decision, person):
    send_mail(
        "parties/mail/declined.md",
        to=person.email,
        purpose="parties.decision",
        name=person.name,
        decision=decision,
        staff=decision.decided_by,
        object_until=decision.object_until,
        criteria=full_address("parties:criteria"),
        address=full_address("parties:object", decision.pk),
    )


# --- Deciding anew -------------------------------------------------------------------------------


@transaction.atomic
def confirm_batch(cases, *, by) -> int:
    """Confirm unchanged cases at once; one that changed in between, or is mine, is left."""
    done = 0
    own = set(Mandate.objects.of(by).values_list("party", flat=True))
    # In the order of lineage.lock_all, so that neither waits for the other for ever.
    for case in sorted(cases, key=lambda one: one.party_id):
        still = Case.objects.filter(pk=case.pk, state=State.OPEN, what_changed="")
        if case.party_id in own:
            continue
        case.party = locked(case.party)
        if not still.update(state=State.CLOSED):
            continue
        reopening.link_own_lists(case.party, case)
        settle(
            case, outcome=Outcome.ELIGIBLE, reason="", until=None, people=[], decided_by=by,
            is_batch=True,
        )  # fmt: skip
        done += 1
    return done
