"""What an app offers its staff, in its `desk.py`: up to three functions, all found by name.

    # kennispunt/trainings/desk.py
    def waiting(user):
        \"\"\"What waits for this person: nothing for who may not do it. Titles name nobody.\"\"\"
        yield Waiting("training", "Zaal bevestigen: Assen", address, since=made_at, due=day)

    def pages(user):
        \"\"\"Pages of the staff that are always there.\"\"\"
        yield StaffPage("Trainingen plannen", reverse("trainings:plan"), "Alle van dit jaar")

    def figures(user, year):
        \"\"\"What went on in a year, or stands now, for /balie/cijfers/.\"\"\"
        yield Figure("Trainingen", "Gegeven", number, of_people=False)

The desk puts them together (kennispunt/desk/README.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kennispunt.ui.discovery import modules

FEWEST = 5  # of people and of parties fewer are not told


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


def everything(user) -> list[Waiting]:
    """What waits for this person in every app: what must be first comes first, then the oldest."""
    found = _offered("waiting", user)
    return sorted(found, key=lambda one: (one.due or date.max, one.since))


def pages(user) -> list[StaffPage]:
    """The pages of every app for this person, by title."""
    return sorted(_offered("pages", user), key=lambda one: one.title)


def figures(user, year: int) -> list[Figure]:
    """The figures of every app, of those apps that stand lowest first."""
    return list(_offered("figures", user, year))


def _offered(name, *asked) -> Iterator:
    for module in modules("desk"):
        if give := getattr(module, name, None):
            yield from give(*asked)
