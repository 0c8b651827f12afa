"""Offers of an app to its staff, in its `desk.py`: up to four functions, all found by name.

    # kennispunt/trainings/desk.py
    def waiting(user):
        \"\"\"The work that waits for this person, if they may do it. Titles name nobody.\"\"\"
        yield Waiting("training", "Zaal bevestigen: Assen", address, since=made_at, due=day)
        yield Pile("wegwijzer", Remark.objects.filter(done_at=None), line_of_remark)

    def pages(user):
        \"\"\"Pages of the staff that are always there.\"\"\"
        yield StaffPage("Trainingen plannen", reverse("trainings:plan"), "Alle van dit jaar")

    def figures(user, year):
        \"\"\"What went on in a year, or stands now, for /balie/cijfers/.\"\"\"
        yield Figure("Trainingen", "Gegeven", number, of_people=False)

    def held(person):
        \"\"\"What stands on somebody's name, and how a colleague takes it over.\"\"\"
        yield Held("trainings", "2 trainingen die nog komen", trainers(), give)

The desk puts them together (kennispunt/desk/README.md).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from kennispunt.office.small_numbers import FEWEST
from kennispunt.ui.discovery import modules

DESK = "/balie/"  # the list of all that waits; its app stands above ours


@dataclass(frozen=True)
class Waiting:
    """One line of the work list: what kind of work, where it is done, how long it waits."""

    kind: str  # shown as the filter: "aanmelding", "mail", "tekst"
    title: str
    address: str
    since: datetime
    due: date | None = None  # what must be done before a day comes first
    note: str = ""
    count: int = 1  # several of the same may share one line

    lines = 1

    def first(self, most: int) -> "list[Waiting]":
        return [self]


@dataclass(frozen=True)
class Pile:
    """Many lines of one kind, each made of a row: counted by the database, and read no further
    than they are shown.

    The rows come in the order of the work list: by day that it is due, then the oldest.
    """

    kind: str
    rows: QuerySet
    line: Callable[[Any], Waiting]

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @property
    def lines(self) -> int:
        return self.count

    def first(self, most: int) -> list[Waiting]:
        return [self.line(row) for row in self.rows[:most]] if self.count else []


class WorkList:
    """The work that waits for one person, in the order in which it must be done.

    Its length is the number of lines; a slice reads these lines, and no more of each pile.
    """

    def __init__(self, offered: Iterable[Waiting | Pile]):
        self._offered = list(offered)

    def __len__(self):
        return sum(one.lines for one in self._offered)

    def __getitem__(self, part: slice) -> list[Waiting]:
        lines = (line for one in self._offered for line in one.first(part.stop))
        return sorted(lines, key=lambda one: (one.due or date.max, one.since))[part]

    @property
    def total(self) -> int:
        """The number of things that wait: a line may stand for several."""
        return sum(one.count for one in self._offered)

    def kinds(self) -> list[tuple[str, int]]:
        """The kinds that are there, by name, and how much of each."""
        counts = Counter()
        for one in self._offered:
            counts[one.kind] += one.count
        return sorted((+counts).items())

    def of_kind(self, kind: str) -> "WorkList":
        return WorkList(one for one in self._offered if one.kind == kind)


@dataclass(frozen=True)
class StaffPage:
    """A page of the staff that is there also when nothing waits: a line of the desk's menu."""

    title: str
    address: str
    text: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of the desk. What counts people or parties is not told below five."""

    about: str  # the heading it stands under: "Partijen"
    name: str
    number: int | float
    unit: str = ""  # "werkdagen"
    of_people: bool = True

    @property
    def is_told(self) -> bool:
        return not self.of_people or self.number >= FEWEST


@dataclass(frozen=True)
class Held:
    """Open work on somebody's name, that a colleague can take over when they leave."""

    name: str  # of the app: the field of the form
    title: str  # "3 pagina's om bij te houden"
    takers: Q  # who may do this work
    give: Callable[[Any, Any], None]  # (to a colleague or None, by whom)


def everything(user) -> WorkList:
    """Return the work that waits for this person in every app."""
    return WorkList(_offered("waiting", user))


def by_time(waiting: list[Waiting], today: date) -> list[tuple[str, list[Waiting]]]:
    """A list in order, in parts: too late, today, this week, later."""
    parts = groupby(waiting, key=lambda one: part_of(one, today))
    return [(title, list(ones)) for title, ones in parts]


def part_of(one: Waiting, today: date) -> str:
    if one.due is None or one.due > today + timedelta(days=7):
        return "Later"
    if one.due < today:
        return "Te laat"
    return "Vandaag" if one.due == today else "Deze week"


def pages(user) -> list[StaffPage]:
    """The pages of every app for this person, by title."""
    return sorted(_offered("pages", user), key=lambda one: one.title)


def figures(user, year: int) -> list[Figure]:
    """The figures of every app, of those apps that stand lowest first."""
    return list(_offered("figures", user, year))


def held(person) -> list[Held]:
    """Return what stands on the name of this person in every app."""
    return list(_offered("held", person))


def _offered(name, *asked) -> Iterator:
    for module in modules("desk"):
        if give := getattr(module, name, None):
            yield from give(*asked)
