"""The figures that we have of a reader's own area: its councils since the last election."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from kennispunt.elections import area_elections, finding
from kennispunt.elections.models import Area, AreaResult


@dataclass(frozen=True)
class Council:
    """The result of the last election: the seats, the lists that have one, and the turnout."""

    area: Area
    voted_on: date
    seats: int
    lists: int
    turnout: int | None  # of a hundred; None: not in the file


@dataclass(frozen=True)
class Figures:
    """The figures that somebody asked for by typing a name. We never ask where they are."""

    words: str
    asked: bool
    areas: list[Area]  # more than one: the reader chooses
    councils: list[Council]  # of the one area, then of its province and water boards
    hint: str = ""  # why these areas, when nobody typed them

    @property
    def area(self) -> Area | None:
        return self.areas[0] if len(self.areas) == 1 and not self.hint else None


def figures_of(words: str, slug: str, today: date) -> Figures:
    """The figures of the area that is written like these words, or the areas that may be meant.

    With a slug: of that area.
    """
    found = finding.Found(tuple(Area.objects.filter(slug=slug))) if slug else finding.find(words)
    areas = list(
        dict.fromkeys(heir for one in found.areas for heir in area_elections.heirs(one, today))
    )
    councils = councils_of(areas[0], today) if len(areas) == 1 and not found.hint else []
    name = areas[0].name if slug and areas else ""
    return Figures(words or name, bool(words.strip() or slug), areas, councils, found.hint)


def councils_of(area: Area, today: date) -> list[Council]:
    """The councils that decide there, as the last election that we have left them."""
    areas = [area]
    if area.kind == Area.Kind.GEMEENTE:
        areas += [area.province, *area.waterschappen.valid_on(today)]
    last = area_elections.last_results(areas)
    found = AreaResult.objects.filter(pk__in=[one.pk for one in last.values()]).annotate(
        seated=Count("lists", filter=Q(lists__seats__gt=0))
    )
    councils = [
        Council(one.area, one.election.date, one.seats, one.seated, turnout(one))
        for one in found.select_related("area", "election")
    ]
    return sorted(councils, key=lambda council: areas.index(council.area))


def turnout(result: AreaResult) -> int | None:
    if result.turnout is None or not result.eligible_voters:
        return None
    return round(100 * result.turnout / result.eligible_voters)
