"""The ground of a party when its *gemeente* merges: what the area became, and what it came from.

After a *herindeling* (Wet arhi) a party of the old area is one of the new. Its lists in both count
as its own ground; another area never does.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kennispunt.elections.area_elections import heirs
from kennispunt.elections.models import Area, AreaSuccession, Election
from kennispunt.parties.models import Lineage, Party
from kennispunt.ui.dutch import listed

# The council of a new gemeente is elected in the months before it begins.
VOTES_BEFORE = timedelta(days=62)


def kin(codes: Iterable[str]) -> frozenset[str]:
    """These areas, all that went over into them, and all that they went over into. One query."""
    pairs = list(AreaSuccession.objects.values_list("old", "new"))
    own = set(codes)
    back = reach(own, [(new, old) for old, new in pairs])
    return frozenset(back | reach(own, pairs))


def reach(codes: Iterable[str], steps) -> set[str]:
    """These, and everything that steps lead to from them."""
    known, new = set(), set(codes)
    while new:
        known |= new
        new = {after for before, after in steps if before in new} - known
    return known


def areas_on(party: Party, on: date) -> list[Area]:
    """Return where it stands on this day: its areas, or what became of them."""
    return list(dict.fromkeys(heir for area in party.areas.all() for heir in heirs(area, on)))


def gone(party: Party, on: date) -> list[Area]:
    """The areas of this party that are no more."""
    return [area for area in party.areas.all() if not area.exists_on(on)]


def what_became(area: Area, on: date) -> str:
    """In Dutch: what happened to an area that is no more. Empty when it is still there."""
    if area.exists_on(on) or area.valid_to is None:
        return ""
    into = listed(heir.name for heir in heirs(area, on)) or "een ander gebied"
    return f"{area} ging op {area.valid_to:%d-%m-%Y} over in {into}."


def voted_for(election: Election) -> set[str]:
    """Codes of the areas that this election was for, with those that merged into them by then."""
    voted = set(election.results.exclude(area=None).values_list("area", flat=True))
    merged = AreaSuccession.objects.filter(date__lt=election.date + VOTES_BEFORE)
    return reach(voted, list(merged.values_list("new", "old")))


def came_from(party: Party) -> list[Lineage]:
    """Every merger and new start by which older parties became this one."""
    found, new = [], [party.pk]
    while new:
        steps = Lineage.objects.filter(new__in=new, kind__in=Lineage.ENDS).select_related("old")
        steps = [one for one in steps if one not in found]
        found += steps
        new = [one.old_id for one in steps]
    return found
