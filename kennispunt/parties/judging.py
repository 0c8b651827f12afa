"""The known facts of a party, put before the rules (eligibility/): a proposal for a person."""

from datetime import date

from django.conf import settings
from django.utils.timezone import localdate

from kennispunt.elections.models import AreaName
from kennispunt.parties import eligibility
from kennispunt.parties.eligibility import Declaration, Proposal, Tie
from kennispunt.parties.mergers import areas_on, came_from, gone, kin, what_became
from kennispunt.parties.models import Application, Evidence, Party
from kennispunt.ui.dutch import counted

TOLD = "de aanmelding"
Cooperation = Application.Cooperation
TIE_OF = {
    Cooperation.JOINT: "joint_list",
    Cooperation.SUPPORT: "endorsement",
    Cooperation.FEDERATION: "federation",
    Cooperation.OTHER: "ally",
}


def proposal_for(party: Party, on: date | None = None) -> Proposal:
    """Return what the rules say of this party on a day. A person decides."""
    both = settings.ELIGIBILITY_NEEDS_BOTH
    return eligibility.evaluate(facts_of(party, on or localdate()), both=both)


def proposal_for_name(name: str, area) -> Proposal:
    """Return what the rules say of a name alone, in one area."""
    case = eligibility.Situation(
        names=(name,),
        on=localdate(),
        area=area.code,
        area_names=tuple(one.name for one in area.names.all()),
        only_names=True,
    )
    return eligibility.evaluate(case, both=settings.ELIGIBILITY_NEEDS_BOTH)


def facts_of(party: Party, on: date) -> eligibility.Situation:
    """Everything that the rules look at, from results, applications and evidence."""
    ground = kin(party.areas.values_list("code", flat=True))
    now = areas_on(party, on)
    line = came_from(party)
    lists = lists_of(party)
    older = [(one, before) for before in line for one in lists_of(before.old)]
    told = party.applications.exclude(state__in=["draft", "withdrawn"]).order_by("-sent_at")
    told = list(told.select_related("electoral_list"))
    evidence = list(party.evidence.filter(person=None, expires_on__gte=on))
    names = [party.name, *(one.name for one in party.names.all()), *(one.name for one in lists)]
    names += [*(one.old.name for one in line), *(one.name for one, _ in older)]
    names += [one.electoral_list.name for one in told if one.electoral_list]
    return eligibility.Situation(
        names=tuple(dict.fromkeys(names)),
        on=on,
        area=now[0].code if now else "",
        area_names=written_names(ground),
        kin=tuple(sorted(ground)),
        went_over=tuple(went_over(party, on)),
        stood=tuple(
            stood(one, on, before)
            for one, before in [*((one, None) for one in lists), *older]
            if one.result.area_id in ground
        ),
        registered=seen(evidence, Evidence.Kind.REGISTRATION),
        association=seen(evidence, Evidence.Kind.KVK),
        declaration=declaration(told),
        ties=tuple(ties({party, *(one.old for one in line)}, [*lists, *dict(older)], told)),
    )


def lists_of(party: Party):
    return list(party.lists.select_related("result__election", "result__area"))


def written_names(codes) -> tuple[str, ...]:
    found = AreaName.objects.filter(area__in=codes).order_by("area", "name")
    return tuple(dict.fromkeys(found.values_list("name", flat=True)))


def went_over(party: Party, on: date):
    """A party of a gemeente that merged stands in what it became."""
    for area in gone(party, on):
        yield eligibility.Observation(
            what_became(area, on), "onze lijst van gebieden", area.valid_to
        )


def stood(one, on: date, before=None) -> eligibility.Observation:
    result = one.result
    seats = counted(one.seats, "zetel", "zetels")
    fact = f"“{one.title}” stond op de lijst in {result.area} ({seats})."
    if before:
        day = f"{before.date:%d-%m-%Y}"
        fact += f" “{before.old.name}” {before.words_on(on)} deze partij op {day}."
    return eligibility.Observation(
        f"{fact} {what_became(result.area, on)}".strip(),
        result.source,
        result.election.date,
    )


def seen(evidence, kind) -> eligibility.Observation | None:
    for one in evidence:
        # A thing that somebody told us is no fact before one of us looked.
        if one.kind == kind and one.checked_by_id:
            return eligibility.Observation(
                f"Gezien: {one.get_kind_display()}.", one.source, one.found_on
            )
    return None


def declaration(told) -> Declaration | None:
    """Return the last declaration; a branch says so itself."""
    for one in told:
        if one.no_national_seat is not None:
            alone = one.cooperation == Cooperation.NONE
            tie = ("none" if alone else "cooperation") if one.no_national_seat else "branch"
            return Declaration(tie, TOLD, localdate(one.sent_at))
    return None


def ties(family, lists, told):
    """Links that were told, and lists that are of more than one party."""
    for one in told:
        if kind := TIE_OF.get(one.cooperation):
            yield Tie(kind, one.cooperation_with, TOLD, localdate(one.sent_at))
    for one in lists:
        for other in one.parties.exclude(pk__in=[party.pk for party in family]):
            yield Tie("joint_list", other.name, one.result.source, one.result.election.date)
