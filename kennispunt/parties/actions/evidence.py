"""The evidence ladder: what was seen, where, by whom, and until when we trust it."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from kennispunt.elections.area_elections import KINDS_OF
from kennispunt.elections.calendar import next_election
from kennispunt.files import actions as files
from kennispunt.parties.models import Evidence, Party

OWNER = "parties.evidence"
Kind = Evidence.Kind
YEAR = timedelta(days=365)


def _next_voting(party: Party, today: date) -> date:
    """Return the next day of voting in its areas: until then a role and a result stand."""
    kinds = {code for area in party.areas.all() for code in KINDS_OF[area.kind]}
    days = [one.voting for code in kinds if (one := next_election(code, today))]
    return min(days, default=today + 4 * YEAR)


def _expires(kind: str, party: Party, today: date) -> date:
    """Return when to look again: the trade register after a year, all else after an election."""
    day = today + YEAR if kind == Kind.KVK else _next_voting(party, today)
    return max(day, today + timedelta(days=1))


def add(party: Party, *, kind: str, source: str, by=None, person=None, file=None) -> Evidence:
    """Write down what was seen. Without `by`: sent along, and nobody looked at it yet."""
    today = localdate()
    return Evidence.objects.create(
        party=party,
        person=person,
        kind=kind,
        source=source,
        found_on=today,
        expires_on=_expires(kind, party, today),
        checked_by=by,
        file=file,
    )


def forget_files(evidence) -> int:
    """Delete uploaded files; that something was seen, and when, stays."""
    count = 0
    for one in evidence.filter(file__isnull=False).select_related("file"):
        file, one.file = one.file, None
        one.save(update_fields=["file"])
        files.remove(file)
        count += 1
    return count
