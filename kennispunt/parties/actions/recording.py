"""One change to the register: under a lock, written down, and then the rules look again."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.parties.actions import reopening
from kennispunt.parties.eligibility import changed
from kennispunt.parties.eligibility.situation import HOLDS
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Case, Party, RegisterChange
from kennispunt.parties.periods import AFTER_RESULT_MONTHS, months_after
from kennispunt.parties.permissions import refuse_own_party
from kennispunt.ui.rows import locked


@contextmanager
def change(party: Party, *, by):
    """Make one change to a party, under a lock; then the rules look again."""
    refuse_own_party(party, by)
    with transaction.atomic():
        party = locked(party)
        before = proposal_for(party)
        yield party
        look_at(party, before)


def look_at(party: Party, before) -> None:
    """Open a case when the rules find something that they did not before: a person answers it."""
    today = localdate()
    new = [one for one in changed(before, proposal_for(party)) if one.result != HOLDS]
    waits = party.cases.open().exists()
    if new and not waits and party.status_on(today) in Party.OPENS:
        what = " ".join(one.fact for one in new)[:300]
        until = months_after(today, AFTER_RESULT_MONTHS)
        reopening.reopen(party, Case.Kind.REGISTER, what, until=until)


def write(party: Party, by, what: str, source: str = "") -> None:
    """Write down a change of the register, in words."""
    RegisterChange.objects.create(party=party, made_by=by, what=what[:400], source=source)
