"""What we know of a party, put before the rules (eligibility/): a proposal for a person."""

from datetime import date

from django.conf import settings
from django.utils.timezone import localdate

from kennispunt.parties import eligibility
from kennispunt.parties.eligibility import Declaration, Proposal, Tie
from kennispunt.parties.models import Application, Evidence, Party

TOLD = "de aanmelding"
Cooperation = Application.Cooperation
TIE_OF = {
    Cooperation.JOINT: "joint_list",
    Cooperation.SUPPORT: "endorsement",
    Cooperation.FEDERATION: "federation",
    Cooperation.OTHER: "ally",
}


def proposal_for(party: Party, on: date | None = None) -> Proposal:
    """What the rules say of this party on a day. A person decides."""
    both = settings.ELIGIBILITY_NEEDS_BOTH
    return eligibility.evaluate(facts_of(party, on or localdate()), both=both)


def proposal_for_name(name: str, area) -> Proposal:
    """What the rules say of a name alone, in one area."""
    case = eligibility.Case(
        names=(name,),
        on=localdate(),
        area=area.code,
        area_names=tuple(one.name for one in area.names.all()),
        only_names=True,
    )
    return eligibility.evaluate(case, both=settings.ELIGIBILITY_NEEDS_BOTH)


def facts_of(party: Party, on: date) -> eligibility.Case:
    """Everything that the rules look at, from results, applications and evidence."""
    area = party.areas.first()
    lists = list(party.lists.select_related("result__election", "result__area"))
    told = list(party.applications.exclude(state__in=["draft", "withdrawn"]).order_by("-sent_at"))
    evidence = list(party.evidence.filter(person=None, expires_on__gte=on))
    names = [party.name, *(one.name for one in party.names.all()), *(one.name for one in lists)]
    return eligibility.Case(
        names=tuple(dict.fromkeys(names)),
        on=on,
        area=area.code if area else "",
        area_names=tuple(one.name for one in area.names.all()) if area else (),
        stood=tuple(stood(one) for one in lists),
        registered=seen(evidence, Evidence.Kind.REGISTRATION),
        association=seen(evidence, Evidence.Kind.KVK),
        declaration=declaration(told),
        ties=tuple(ties(party, lists, told)),
    )


def stood(one) -> eligibility.Evidence:
    result = one.result
    seats = "1 zetel" if one.seats == 1 else f"{one.seats} zetels"
    return eligibility.Evidence(
        f"“{one.title}” stond op de lijst in {result.area} ({seats}).",
        result.source,
        result.election.date,
    )


def seen(evidence, kind) -> eligibility.Evidence | None:
    for one in evidence:
        # What somebody told us is no fact before one of us looked.
        if one.kind == kind and one.checked_by_id:
            return eligibility.Evidence(
                f"Gezien: {one.get_kind_display()}.", one.source, one.found_on
            )
    return None


def declaration(told) -> Declaration | None:
    """What was declared last; a branch says so itself."""
    for one in told:
        if one.no_national_seat is not None:
            alone = one.cooperation == Cooperation.NONE
            tie = ("none" if alone else "cooperation") if one.no_national_seat else "branch"
            return Declaration(tie, TOLD, localdate(one.sent_at))
    return None


def ties(party, lists, told):
    """Links that were told, and lists that are of more than one party."""
    for one in told:
        if kind := TIE_OF.get(one.cooperation):
            yield Tie(kind, one.cooperation_with, TOLD, localdate(one.sent_at))
    for one in lists:
        for other in one.parties.exclude(pk=party.pk):
            yield Tie("joint_list", other.name, one.result.source, one.result.election.date)
