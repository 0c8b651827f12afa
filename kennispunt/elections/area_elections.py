"""The elections of one area: which, when, and what comes instead of an area that is no more."""

from dataclasses import dataclass
from datetime import date, timedelta

from kennispunt.elections.bureaus import Bureau, Kieskring, bureaus, kieskring
from kennispunt.elections.calendar import Election, next_election
from kennispunt.elections.costs import Costs, costs
from kennispunt.elections.models import Area, AreaResult, AreaSuccession
from kennispunt.facts import api

KINDS_OF = {
    Area.Kind.GEMEENTE: ["GR"],
    Area.Kind.PROVINCIE: ["PS"],
    Area.Kind.WATERSCHAP: ["WS"],
    Area.Kind.OPENBAAR_LICHAAM: ["ER", "KC"],
}


@dataclass(frozen=True, slots=True)
class Contest:
    """One election in one area: where a party from there can take part."""

    area: Area
    election: Election
    costs: Costs
    last: AreaResult | None = None  # tells how many seats there were; None when we do not know
    bureau: Bureau | None = None  # None for a gemeente: that is the bureau of its own town hall
    kieskring: Kieskring | None = None  # in which the gemeente lies that was asked for


def heirs(area: Area, today: date) -> list[Area]:
    """The area itself, or what it went over into, and so on until one that still exists."""
    if area.valid_to is None or area.valid_to > today:
        return [area]
    found = [
        heir
        for succession in area.successors.select_related("new")
        for heir in heirs(succession.new, today)
    ]
    return list(dict.fromkeys(found))


def contests(area: Area, today: date) -> list[Contest]:
    """The next election of the area and, for a gemeente, of its province and water boards.

    Each of them as it will be on the day of voting: a gemeente that merges before then votes as
    what it becomes. In the order in which they vote.
    """
    areas = [area]
    if area.kind == Area.Kind.GEMEENTE:
        areas += [area.province, *area.waterschappen.valid_on(today)]
    book = api.book()
    found = [
        (heir, election)
        for one in areas
        for code in KINDS_OF[one.kind]
        if (election := next_election(code, today))
        for heir in heirs(one, election.voting)
    ]
    last = last_results([heir for heir, _ in found])
    contests = []
    for heir, election in found:
        result = last.get((heir.pk, election.kind.code))
        asks = costs(election.kind.code, book, seats=result.seats if result else None)
        ring = kieskring(heir.code, area.code) if heir == area.province else None
        contests.append(Contest(heir, election, asks, result, bureaus().get(heir.code), ring))
    return sorted(contests, key=lambda contest: contest.election.voting)


def last_results(areas: list[Area]) -> dict[tuple[str, str], AreaResult]:
    """The newest result of each body of these areas, by area and kind.

    Not one from before others were merged into the area: the body has another size since.
    """
    grown = dict(
        AreaSuccession.objects.filter(new__in=areas).order_by("date").values_list("new", "date")
    )
    results = AreaResult.objects.filter(area__in=areas, seats__gt=0).select_related("election")
    return {
        (one.area_id, one.election.kind): one
        for one in results.order_by("election__date")
        if one.area_id not in grown or held_for(one, grown[one.area_id])
    }


def held_for(result: AreaResult, merged: date) -> bool:
    """Whether this was held after the merger, or in the months before it, for the new area."""
    return result.election.date > merged - timedelta(days=62)
