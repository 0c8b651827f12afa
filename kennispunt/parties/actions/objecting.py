"""Objecting: who heard a no says why it is wrong, and somebody who took no part in it answers."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.mail.send import send as send_mail
from kennispunt.parties.actions import deciding
from kennispunt.parties.models import Application, Decision, Mandate, Objection, Party
from kennispunt.parties.periods import (
    ANSWER_WORKING_DAYS,
    OBJECTION_ANSWER_DAYS,
    working_days_after,
)
from kennispunt.parties.permissions import may_answer_objection, refuse_own_party
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate, locked


@transaction.atomic
def object_to(decision: Decision, *, person, words: str) -> Objection:
    """Object; a second objection of the same person adds nothing: it is the first."""
    due = localdate() + timedelta(days=OBJECTION_ANSWER_DAYS)
    objection, is_new = Objection.objects.get_or_create(
        decision=decision, person=person, defaults={"words": words, "due": due}
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


@transaction.atomic
def answer_objection(
    objection: Objection, *, by, is_right: bool, reply: str, outcome: str = "",
    until: date | None = None,
) -> Objection:  # fmt: skip
    """Answer, as somebody who did not take the decision. When it was wrong, it is decided anew.

    TooLate when a colleague answered it.
    """
    decision = objection.decision
    if not may_answer_objection(by, objection):
        raise PermissionDenied("Jij nam dit besluit. Iemand anders kijkt naar het bezwaar.")
    refuse_own_party(decision.party, by)
    decision.party = locked(decision.party)
    waiting = Objection.objects.filter(pk=objection.pk, answered_at=None)
    answered = {"answered_at": timezone.now(), "answered_by": by}
    if not waiting.update(**answered, is_right=is_right, reply=reply):
        raise TooLate
    objection.refresh_from_db(fields=["person"])
    if is_right:
        _overturn(decision, objection.person, by=by, outcome=outcome, until=until)
    if objection.person:
        send_mail(
            "parties/mail/objection_answered.md",
            to=objection.person.email,
            purpose="parties.objection",
            name=objection.person.name,
            is_right=is_right,
            was_changed=not is_right and decision.was_overturned,
            reply=reply,
            until=until if is_right else None,
            address=full_address("parties:mine"),
        )
    return objection


def _overturn(decision: Decision, person, *, by, outcome, until) -> None:
    """Undo a wrong no: everyone who heard it is back where they stood, and hears so once.

    The objector is accepted with the party. Others refused by the same no wait again: nobody
    looked yet whether they speak for it. If they objected too, that has an answer of its own.
    """
    party, case = decision.party, decision.case
    case.party = party
    is_first = decision.objections.filter(is_right=True).count() == 1
    back = list(_refused_by(decision, None if is_first else person))
    managing = party.managers() if is_first and not back else []
    due = working_days_after(localdate(), ANSWER_WORKING_DAYS)
    mandates = {one.person_id: _wait_again(one, party, due=due) for one in back}
    people = [mandates[person.pk].pk] if person and person.pk in mandates else []
    deciding.settle(
        case, outcome=outcome, reason="", until=until, people=people, decided_by=by,
        told=[person.pk] if person else [],
    )  # fmt: skip
    for one in back:
        if one.person != person and one.state == Application.State.SENT:
            _tell_changed(one.person, due=due, page="parties:application")
    for one in managing:
        if one != person:
            _tell_changed(one, due=None, page="parties:mine")


def _refused_by(decision: Decision, person):
    """The applications that this no answered; also what this person sent before it, and what
    another's objection let wait again since.
    """
    before = Q(sent_at__lte=decision.decided_at, state=Application.State.SENT)
    found = Q(decision=decision) | before & Q(person=person, party=decision.party)
    return Application.objects.filter(found).select_related("person")


def _wait_again(application: Application, party: Party, *, due: date) -> Mandate:
    """Let an application wait again, unless they applied anew or speak for the party by now."""
    person = application.person
    mandates = Mandate.objects.of(person).filter(party=party)
    mandate = mandates.open().first()
    if mandate:
        return mandate
    mandate = mandates.filter(accepted_on=None).order_by("-pk").first()
    if mandate:
        mandate.keep(ended_on=None)
    else:
        mandate = Mandate.objects.create(
            person=person, party=party, role=application.role, began_on=localdate()
        )
    # A question of before the no is answered by it.
    application.keep(state=Application.State.SENT, decision=None, asked_until=None, due=due)
    return mandate


def _tell_changed(person, *, due: date | None, page: str) -> None:
    """Tell somebody who heard the same no that it no longer stands."""
    send_mail(
        "parties/mail/decision_changed.md",
        to=person.email,
        purpose="parties.decision",
        name=person.name,
        due=due,
        address=full_address(page),
    )
