"""Deciding anew: after an election, when a group enters the Kamer, and when founders go over.

What was decided stays in force until it is decided anew, at most six months after the result. May
be run as often as one likes: a party that was decided after the election, or has an open case, is
left alone.
"""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.elections import calendar
from kennispunt.elections.models import Election, ElectoralList
from kennispunt.parties.actions import evidence
from kennispunt.parties.eligibility import Finding, Proposal, changed
from kennispunt.parties.eligibility.situation import HOLDS
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.mergers import gone, voted_for, what_became
from kennispunt.parties.models import Case, Evidence, Lineage, Party
from kennispunt.parties.periods import (
    AFTER_RESULT_MONTHS,
    QUESTION_DAYS,
    elections_to_look_at,
    months_after,
)
from kennispunt.parties.proposing import lists_like
from kennispunt.ui.rows import TooLate, locked

Status = Party.Status
SURE = ("exact", "zonder toevoeging")


def look_again(election: Election, *, on: date) -> Counter:
    """Open a case for every party that this election asks to be decided anew."""
    parties = Party.objects.filter(
        areas__in=voted_for(election),
        status__in=[Status.ELIGIBLE, Status.NEW],
        status_since__lte=election.date,
    ).exclude(cases__in=Case.objects.open())
    went_on = Lineage.objects.filter(kind__in=Lineage.ENDS, date__lte=on)
    parties = parties.exclude(successors__in=went_on)
    counts = Counter()
    for party in parties.distinct():
        what = _what_changed(party, election, on)
        reopen(party, Case.Kind.ELECTION, what, until=_last_day(election))
        counts["changed" if what else "unchanged"] += 1
    return counts


def look_at_kamer(*, on: date) -> Counter:
    """Open a case for every party of which the rules now say that its name is that of a group."""
    counts = Counter()
    for party in Party.objects.in_force(on).exclude(cases__in=Case.objects.open()):
        new = [one for one in _news(party, on) if one.rule == "naam-kamer"]
        if new:
            what = " ".join(one.fact for one in new)[:300]
            reopen(party, Case.Kind.KAMER, what, until=months_after(on, AFTER_RESULT_MONTHS))
            counts["changed"] += 1
    return counts


@transaction.atomic
def reopen(party: Party, kind: str, what: str, *, until: date) -> None:
    """Open a case: it is in force until decided anew, or until the last day if nobody decides."""
    party = locked(party)
    Case.objects.create(party=party, kind=kind, what_changed=what, due=until)
    if party.status_until is None or party.status_until > until:
        party.keep(status_until=max(until, party.status_since))


def _last_day(election: Election) -> date:
    """Return the day six months after the one on which the result is established."""
    try:
        result = calendar.election(election.kind, election.date.year).day("uitslag").date
    except (calendar.NoElection, KeyError):
        result = election.date
    # A herindeling votes on a day of its own.
    return months_after(max(result, election.date), AFTER_RESULT_MONTHS)


def _what_changed(party: Party, election: Election, on: date) -> str:
    """Say it in one or two sentences; "" when the name stood again and the rules say the same."""
    found = [what_became(area, on) for area in gone(party, on)]
    if party.status == Status.NEW:
        found.append("Dit is haar eerste uitslag.")
    lists = _lists_of(party, election)
    own = set(party.areas.all())
    if not lists:
        found.append("Er stond geen lijst met deze naam.")
    elif elsewhere := {str(one.result.area) for one in lists if one.result.area not in own}:
        found.append(f"De naam stond op de lijst in {' en '.join(sorted(elsewhere))}.")
    found += [one.fact for one in _news(party, on)]
    return " ".join(found)[:300]


def _lists_of(party: Party, election: Election) -> list[ElectoralList]:
    """Return the lists with its name in its areas, or in what became of them; a likeness is not
    enough."""
    return [
        candidate.list
        for area in party.areas.all()
        for candidate in lists_like(party.name, area)
        if candidate.why in SURE and candidate.list.result.election == election
    ]


def _news(party: Party, on: date) -> list[Finding]:
    """Return the findings that have to be looked at now and did not when it was decided."""
    now = proposal_for(party, on)
    before = party.decisions.first()
    if before is None:
        return list(now.reasons)
    return [one for one in changed(_as_proposal(before), now) if one.result != HOLDS]


def _as_proposal(decision) -> Proposal:
    """Return the facts of a decision as the rules gave them."""
    facts = decision.facts
    findings = tuple(
        Finding(**{**one, "date": one["date"] and date.fromisoformat(one["date"])})
        for one in facts["findings"]
    )
    return Proposal(facts["outcome"], findings, facts["ruleset_version"])


def link_own_lists(party: Party, case: Case) -> None:
    """Link the lists with its name since the case opened, which a person confirmed."""
    for election in elections_to_look_at(localdate(case.opened_at)):
        party.lists.add(*_lists_of(party, election))


# --- Founders ------------------------------------------------------------------------------------


@transaction.atomic
def tell_registration(party: Party, *, name: str, source: str) -> Case:
    """Note that founders say their name is registered. They stay in until we have looked: no gap.

    TooLate when they are no founders any more: it was decided meanwhile.
    """
    party, today = locked(party), localdate()
    if party.status_on(today) != Status.FOUNDING:
        raise TooLate("Over je partij is intussen besloten.")
    told = {"kind": Evidence.Kind.REGISTRATION, "source": f"{name}: {source}"[:300]}
    if not party.evidence.filter(**told).exists():
        evidence.add(party, **told)
    due = today + timedelta(days=QUESTION_DAYS)
    case = Case.objects.open_or_new(party, kind=Case.Kind.FOUNDERS, due=due)
    what = f"De oprichters melden dat de naam “{name}” is geregistreerd."
    case.keep(what_changed=what[:300])
    until = _first_told(party) + 2 * timedelta(days=QUESTION_DAYS)
    if party.status_until < until:
        party.keep(status_until=until)
    return case


def _first_told(party: Party) -> date:
    """Return the day on which the founders first told it: telling it again gives no more time."""
    told = party.evidence.filter(kind=Evidence.Kind.REGISTRATION, checked_by=None)
    days = told.filter(found_on__gte=party.status_since).values_list("found_on", flat=True)
    return min(days, default=localdate())
