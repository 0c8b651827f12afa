"""Parties that came through the griffier. Never fewer than five, also not by subtracting."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce, ExtractYear

from kennispunt.elections.models import Area
from kennispunt.office.small_numbers import tellable, told
from kennispunt.outreach.models import Opening
from kennispunt.parties.models import Application

YEARS = 3  # next to each other in the table; older ones count in the total


@dataclass(frozen=True)
class Row:
    """One province: how often its short addresses were opened, and how many parties came."""

    name: str
    years: list[int]  # openings in each of the years of the table
    opened: int  # in all those years and before
    parties: int | None  # None: fewer than five, or five that would give away fewer elsewhere


@dataclass(frozen=True)
class Figures:
    """The figures of griffiers: by province, and of the whole country."""

    years: list[int]  # the newest last
    rows: list[Row]
    in_all: Row


def through_griffiers() -> Figures:
    """Every province with its figures, year by year, and the country as a whole."""
    opened, came = openings(), parties()
    total = sum(came.values())
    shown = tellable(came)
    years = sorted({year for _, year in opened})[-YEARS:]

    def row(name, code, number):
        mine = {y: n for (where, y), n in opened.items() if where == code}
        return Row(name, [mine.get(year, 0) for year in years], sum(mine.values()), number)

    provinces = Area.objects.filter(kind=Area.Kind.PROVINCIE, valid_to=None).order_by("name")
    rows = [row(one.name, one.code, shown.get(one.code)) for one in provinces]
    # The islands and what lies in no province count here alone.
    by_year = Counter()
    for (_, year), number in opened.items():
        by_year[year] += number
    in_all = Row(
        "Heel Nederland",
        [by_year[year] for year in years],
        sum(by_year.values()),
        told(total),
    )
    return Figures(years, rows, in_all)


def parties() -> Counter:
    """Parties that said they came through the griffier, by code of the province; None: none."""
    said = Application.objects.exclude(party=None).filter(
        heard_from=Application.HeardFrom.CLERK, sent_at__isnull=False
    )
    found = said.values_list("party", "area__kind", "area__province", "area").order_by("sent_at")
    province = {
        party: area if kind == Area.Kind.PROVINCIE else province
        for party, kind, province, area in found
    }
    return Counter(province.values())


def openings() -> dict[tuple[str, int], int]:
    """Count how often the short addresses of a province and its gemeenten were opened, by year."""
    by_province = Coalesce("area__province", "area")
    found = Opening.objects.values_list(by_province, ExtractYear("month")).annotate(Sum("times"))
    return {(code, year): times for code, year, times in found.order_by()}
