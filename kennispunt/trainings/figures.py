"""The figures of a year: for the desk as they are, and a version that is safe to publish.

Counted are editions that were given; those who came are those marked. Names are not needed: the
figures stay the same when a person is forgotten.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import number_format

from kennispunt.office.small_numbers import tellable, told
from kennispunt.office.tables import SMALL, hidden_in
from kennispunt.trainings.models import Attendance, Edition, Evaluation, Meeting, Registration
from kennispunt.trainings.results import results
from kennispunt.ui.dutch import counted, listed

ONLINE = "Online"


@dataclass(frozen=True)
class Row:
    """A province, a theme, or the whole year. None is a number that is not told."""

    name: str
    trainings: int
    people: int | None  # sign-ups of people who came: somebody who came twice counts twice
    parties: int | None  # that somebody came from, each once
    grade: Decimal | None = None


@dataclass(frozen=True)
class Figures:
    year: int
    total: Row
    provinces: list[Row]  # where it was given
    themes: list[Row]
    meetings: int
    no_show: int | None  # had a place, and was marked as not there at any meeting
    marked: int  # trainings of which somebody was marked
    costs: Decimal
    hours: Decimal

    @property
    def no_show_share(self) -> int | None:
        """Of a hundred people who were expected."""
        if self.no_show is None or self.total.people is None:
            return None
        expected = self.no_show + self.total.people
        return round(100 * self.no_show / expected) if expected else None


def years(now: datetime | None = None) -> list[int]:
    """The years in which something was given, and this one; the newest first."""
    now = now or timezone.now()
    found = Edition.objects.open().filter(ends_at__lte=now).values_list("ends_at__year", flat=True)
    return sorted({*found.distinct().order_by(), timezone.localtime(now).year}, reverse=True)


def figures(year: int, now: datetime | None = None) -> Figures:
    """The year as it is, for the desk alone."""
    now = now or timezone.now()
    editions = Edition.objects.open().filter(ends_at__year=year, ends_at__lte=now)
    editions = list(editions.select_related("training__theme", "room__area__province"))
    came, absent = attendance(editions)
    evaluations = defaultdict(list)
    for one in Evaluation.objects.filter(edition__in=editions, moment=Evaluation.Moment.AFTER):
        evaluations[one.edition_id].append(one)

    def row(name, some):
        parties = [party for one in some for party in came[one.pk]]
        said = [answer for one in some for answer in evaluations[one.pk]]
        return Row(name, len(some), len(parties), len(set(parties)), results(said).grade)

    def rows(name_of):
        parts = defaultdict(list)
        for one in editions:
            parts[name_of(one)].append(one)
        return [row(name, parts[name]) for name in sorted(parts)]

    return Figures(
        year=year,
        total=row("Samen", editions),
        provinces=rows(place_of),
        themes=rows(lambda one: one.training.theme.name),
        meetings=Meeting.objects.filter(edition__in=editions).count(),
        no_show=sum(absent.values()),
        marked=sum(1 for one in editions if came[one.pk] or absent[one.pk]),
        costs=sum((one.costs or Decimal() for one in editions), Decimal()),
        hours=sum((one.hours or Decimal() for one in editions), Decimal()),
    )


def place_of(edition) -> str:
    if edition.room is None:
        return ONLINE
    return (edition.room.area.province or edition.room.area).name


def attendance(editions) -> tuple[Mapping[int, list], Mapping[int, int]]:
    """By edition: the party of each who came, and how many who were marked did not come."""
    marks = Attendance.objects.filter(registration=OuterRef("pk"))
    rows = Registration.objects.placed().filter(Exists(marks), edition__in=editions)
    rows = rows.annotate(came=Exists(marks.filter(Q(was_there=True))))
    came, absent = defaultdict(list), defaultdict(int)
    for edition, party, was_there in rows.values_list("edition", "party", "came"):
        if was_there:
            came[edition].append(party)
        else:
            absent[edition] += 1
    return came, absent


# --- Safe to publish -----------------------------------------------------------------------------


def safe(found: Figures) -> Figures:
    """The same without small numbers, also not by subtracting. Its trainings are public anyhow."""
    return Figures(
        year=found.year,
        total=without_small([found.total])[0],
        provinces=without_small(found.provinces),
        themes=without_small(found.themes),
        meetings=found.meetings,
        no_show=told(found.no_show),
        marked=found.marked,
        costs=found.costs,
        hours=found.hours,
    )


def without_small(rows: list[Row]) -> list[Row]:
    people = tellable({one.name: one.people for one in rows})
    parties = tellable({one.name: one.parties for one in rows})
    return [
        Row(one.name, one.trainings, people.get(one.name), parties.get(one.name), one.grade)
        for one in rows
    ]


def sentences(found: Figures) -> list[str]:
    """Return sentences that one may say of the year, from figures that are safe."""
    total = found.total
    given = counted(total.trainings, "training", "trainingen")
    evenings = counted(found.meetings, "bijeenkomst", "bijeenkomsten")
    said = [f"In {found.year} gaf het Kennispunt {given}, samen {evenings}."]
    if total.people and total.parties:
        said.append(f"Er kwamen {total.people} deelnemers van {total.parties} partijen.")
    places = [one.name for one in found.provinces if one.name != ONLINE]
    if places:
        said.append(f"Dat was in {listed(places)}.")
    if total.grade is not None:
        grade = number_format(total.grade)
        said.append(f"De deelnemers gaven de trainingen gemiddeld een {grade}.")
    if found.no_show_share is not None:
        share = found.no_show_share
        said.append(f"Van elke honderd mensen met een plek kwamen er {share} niet.")
    return said


COLUMNS = ["Soort", "Naam", "Trainingen", "Deelnemers", "Partijen", "Cijfer", SMALL.capitalize()]


def table(found: Figures) -> list[list]:
    """The rows of an export, from figures that are safe."""

    def line(kind, row):
        counted = [row.people, row.parties]
        return [
            kind, row.name, row.trainings, *counted, row.grade,
            hidden_in(["deelnemers", "partijen"], counted),
        ]  # fmt: skip

    def number(name, value):
        small = "" if value is not None else "trainingen"
        return ["jaar", name, value, None, None, None, small]

    return [
        COLUMNS,
        line("jaar", found.total),
        *(line("provincie", one) for one in found.provinces),
        *(line("thema", one) for one in found.themes),
        number("Bijeenkomsten", found.meetings),
        number("Kwam niet", found.no_show),
        number("Kosten in euro", found.costs),
        number("Uren van ons", found.hours),
    ]
