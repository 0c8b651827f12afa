"""Official results in the public register: where a name stood, and how they did together.

No party is judged or ranked: order is the alphabet and the date. Lists are put together by name
alone, as the rules read it, and the page says so.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, Prefetch, Q, Sum

from kennispunt.elections.models import Area, AreaResult, Election, ElectoralList
from kennispunt.elections.names import folded_list_name
from kennispunt.parties.eligibility import Situation, evaluate, ruleset
from kennispunt.parties.models import Party
from kennispunt.ui.cleaning import sought
from kennispunt.ui.dutch import date_in_words

# In this order in every plot and table.
GROUPS = {
    "maybe": "Niets landelijks in de naam",
    "review": "Niet te zien aan de naam",
    "no": "Naam van een fractie in de Tweede Kamer",
}
WHOLE_COUNTRY = 100  # areas: fewer is a herindeling, and says nothing of the country


@lru_cache(maxsize=30_000)
def group_of(name: str, places: tuple[str, ...] = ()) -> str:
    """In which group a list counts, by the rules of now: also for an election of long ago."""
    on = ruleset().date
    case = Situation(names=(name,), on=on, area="-", area_names=places, only_names=True)
    return evaluate(case).outcome


@dataclass(frozen=True, slots=True)
class Part:
    """One group of lists in one election."""

    group: str
    label: str
    seats: int
    percent: float
    start: float  # where the bar begins, in percents


@dataclass(frozen=True, slots=True)
class Shares:
    """The seats of one election, divided over the groups."""

    date: date
    areas: int
    seats: int
    parts: tuple[Part, ...]


def shares(on: date, areas: int, seats: Counter) -> Shares:
    total = seats.total()
    parts, start = [], 0.0
    for group, label in GROUPS.items():
        percent = 100 * seats[group] / total if total else 0.0
        parts.append(Part(group, label, seats[group], percent, start))
        start += percent
    return Shares(on, areas, total, tuple(parts))


def country(kind: str = "GR") -> list[Shares]:
    """Every election of this kind in the whole country, newest first, in two queries."""
    elections = Election.objects.filter(kind=kind).annotate(areas=Count("results"))
    whole = [one for one in elections.order_by("-date") if one.areas >= WHOLE_COUNTRY]
    rows = (
        ElectoralList.objects.filter(result__election__in=[one.pk for one in whole], seats__gt=0)
        .order_by()
        .values_list("result__election", "name")
        .annotate(Sum("seats"))
    )
    counts = defaultdict(Counter)
    for election, name, seats in rows:
        counts[election][group_of(name)] += seats
    return [shares(one.date, one.areas, counts[one.pk]) for one in whole]


@dataclass(slots=True)
class Row:
    """One name in one area, with its seats by election (None: it did not stand)."""

    title: str
    seats: list[int | None]
    party: Party | None = None  # when it chose to be shown


@dataclass(slots=True)
class AreaRegister:
    """Everything that the official results of one area tell."""

    area: Area
    results: list[AreaResult]
    rows: list[Row] = field(default_factory=list)
    shares: list[Shares] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The year of each election; the day as well when there were two in a year."""
        days = [result.election.date for result in self.results]
        years = Counter(day.year for day in days)
        return [str(day.year) if years[day.year] == 1 else date_in_words(day) for day in days]


def area_register(area: Area, today: date) -> AreaRegister:
    shown = Prefetch("parties", queryset=Party.objects.shown(today))
    results = list(
        AreaResult.objects.filter(area=area)
        .select_related("election")
        .prefetch_related(Prefetch("lists", ElectoralList.objects.prefetch_related(shown)))
        .order_by("election__date")
    )
    places = tuple(dict.fromkeys([area.name, *(one.name for one in area.names.all())]))
    return AreaRegister(
        area,
        results,
        rows=rows_of(results),
        shares=[shares_of(result, places) for result in reversed(results)],
        parties=list(parties_in(area, today)),
    )


def parties_in(area: Area, today: date):
    """Return the parties that chose to be shown here, also of what merged into this area."""
    merged = Q(areas__successors__new=area, areas__valid_to__lte=today)
    return Party.objects.shown(today).filter(Q(areas=area) | merged).distinct()


def rows_of(results) -> list[Row]:
    """One row for each name: lists that are written alike stand on one row."""
    rows: dict[tuple, Row] = {}
    for number, result in enumerate(results):
        for one in sorted(result.lists.all(), key=lambda one: one.blank_order):
            row = rows.setdefault(key_of(one), Row(one.title, [None] * len(results)))
            row.title = one.title
            row.seats[number] = one.seats
            parties = one.parties.all()
            row.party = parties[0] if len(parties) == 1 else row.party
    return [rows[key] for key in sorted(rows)]


def key_of(one: ElectoralList) -> tuple:
    """Alphabetical; lists without a name last, each election its own: nobody knows who stood."""
    if one.is_blank:
        return True, str(one.result_id), one.blank_order
    return False, one.folded, 0


def shares_of(result: AreaResult, places) -> Shares:
    seats = Counter()
    for one in result.lists.all():
        seats[group_of(one.name, places)] += one.seats
    return shares(result.election.date, 1, seats)


def search(words: str):
    """Names of lists that have these words, with the area and the last year: a query, by name."""
    folded = folded_list_name(sought(words))
    found = ElectoralList.objects.filter(blank_order=0, result__area__isnull=False)
    found = found.filter(folded__contains=folded) if folded else found.none()
    return (
        found.values("folded", "result__area__name", "result__area__slug", "result__area__kind")
        .annotate(title=Max("name"), last=Max("result__election__date"), times=Count("pk"))
        .order_by("folded", "result__area__name", "result__area__slug")
    )
