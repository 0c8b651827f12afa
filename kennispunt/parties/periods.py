"""Every period of this app in one table: how long we take, and how long we keep.

docs/privacy.md explains the second part; retention.py keeps it.
"""

from datetime import date, timedelta

from kennispunt.elections.models import Election
from kennispunt.elections.working_days import is_working_day

# --- How long we take ----------------------------------------------------------------------------

ANSWER_WORKING_DAYS = 10  # an application, from the day it was sent
QUESTION_DAYS = 14  # for an answer to our question; then we ask again or close
OBJECTION_DAYS = 42  # to object, from the decision: six weeks
OBJECTION_ANSWER_DAYS = 42
AFTER_RESULT_MONTHS = 6  # what was decided stays in force after a result, while not decided anew
INVITATION_DAYS = 14
CONFIRM_DAYS = 60  # the link that asks who still speaks, after an election
PROOF_CODE_DAYS = 14  # a code mailed to a public address

# --- How long we keep ----------------------------------------------------------------------------

KEEP_DAYS = {
    "draft": 30,  # of an application, since it was last saved
    "invitation": 14,
    "declined": 365,  # what somebody filled in, since it was dealt with or withdrawn
    "mandate": 2 * 365,  # since it ended
    "evidence": 365,  # since it no longer counts
    "consent": 2 * 365,  # since it was withdrawn
}


def working_days_after(day: date, number: int) -> date:
    """The day by which so many working days have passed."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def elections_to_look_at(on: date) -> list[Election]:
    """Return the elections of which the results still ask to look at parties again."""
    since = months_after(on, -AFTER_RESULT_MONTHS)
    local = [kind for kind in Election.Kind if kind not in (Election.Kind.TK, Election.Kind.EP)]
    return list(Election.objects.filter(date__gte=since, date__lte=on, kind__in=local))
