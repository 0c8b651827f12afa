"""Asking whom a case is about for more, and what they answer.

Of who applied it is asked one by one: it stands on what each sent, and nobody answers for another.
Of a party that we know it is asked once, on the case, and whoever manages it answers.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.mail.send import send as send_mail
from kennispunt.parties.models import Application, Case, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, QUESTION_DAYS, working_days_after
from kennispunt.parties.permissions import refuse_own_party
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate, locked

State = Case.State
NOBODY = "Er is niemand aan wie je dit kunt vragen."


@transaction.atomic
def ask(case: Case, *, by, question: str, why: str = "", of: Collection[int] | None = None) -> None:
    """Ask for more. `of`: numbers of the applications it is about; without it all that wait here.

    TooLate when a colleague asked, decided or handed it over meanwhile; ValidationError when there
    is nobody to ask.
    """
    refuse_own_party(case.party, by)
    party, case = locked(case.party), locked(case)
    today, case.party = localdate(), party
    late = case.state == State.ASKED and case.answer_until < today
    if case.kind == Case.Kind.PERSON or not (case.state == State.OPEN or late):
        raise TooLate
    until = today + timedelta(days=QUESTION_DAYS)
    asked = {"question": question, "answer": "", "asked_by": by, "asked_until": until}
    if case.is_about_applicants:
        people, page = _ask_applicants(party, of, asked), "parties:application"
    else:
        people, page = party.managers(), "parties:question"
        case.keep(state=State.ASKED, **asked)
    if not people:
        raise ValidationError(NOBODY)
    for person in people:
        send_mail(
            "parties/mail/question.md",
            to=person.email,
            purpose="parties.question",
            name=person.name,
            question=question,
            why=why,
            day=until,
            address=full_address(page),
        )


def _ask_applicants(party: Party, of: Collection[int] | None, asked: dict) -> list:
    """The people of these applications; who was asked already is not asked another thing."""
    rows = party.applications.with_us(localdate()).select_related("person")
    chosen = list(rows if of is None else rows.filter(pk__in=of))
    waits = party.applications.sent().exists()
    if len(chosen) < len(set(of or [])) or (waits and not chosen):
        raise TooLate
    for application in chosen:
        application.keep(**asked)
    return [application.person for application in chosen]


@transaction.atomic
def answer(application: Application, *, words: str) -> None:
    """Answer what we asked of this applicant, and of nobody else. What they sent lies with us
    again, until the day that we promised, or as long as an application when that is later.

    TooLate when it was answered or decided.
    """
    party = locked(application.party)
    due = max(application.answer_due(), _days_from_now())
    asked = Application.objects.asked().filter(pk=application.pk)
    if not asked.update(answer=words, asked_until=None, due=due):
        raise TooLate("Deze vraag staat niet meer open.")
    _due_for_the_first(party)


def _due_for_the_first(party: Party) -> None:
    """The case waits no longer than what we promised who is first: an answer moves one day."""
    case = party.cases.open().exclude(kind=Case.Kind.PERSON).first()
    if case and case.is_about_applicants:
        here = party.applications.with_us(localdate())
        case.keep(due=min(one.answer_due() for one in here))


def answer_for_party(case: Case, *, words: str, by) -> None:
    """Answer as a manager of the party: the case waits for the desk again. TooLate as above."""
    due = max(case.due, _days_from_now())
    asked = Case.objects.filter(pk=case.pk, state=State.ASKED)
    answered = {"answer": words, "answered_by": by}
    if not asked.update(state=State.OPEN, due=due, asked_until=None, **answered):
        raise TooLate("Deze vraag is al beantwoord.")


def _days_from_now() -> date:
    return working_days_after(localdate(), ANSWER_WORKING_DAYS)
