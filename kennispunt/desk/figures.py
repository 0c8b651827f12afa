"""How many parties came through the griffier. Never fewer than five, also not by subtracting."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce

from kennispunt.elections.models import Area
from kennispunt.outreach.models import Opening
from kennispunt.parties.models import Application

FEWEST = 5


@dataclass(frozen=True)
class Row:
    """One province: how often its short addresses were opened, and how many parties came."""

    name: str
    opened: int
    parties: int | None  # None: fewer than five, or five that would give away fewer elsewhere


def through_griffiers() -> tuple[list[Row], int | None]:
    """Every province with its figures, and the number of parties in all."""
    opened, came = openings(), parties()
    total = sum(came.values())
    told = tellable(came)
    provinces = Area.objects.filter(kind=Area.Kind.PROVINCIE, valid_to=None).order_by("name")
    rows = [Row(one.name, opened[one.code], told.get(one.code)) for one in provinces]
    return rows, total if total >= FEWEST else None


def tellable(came: Counter) -> dict[str, int]:
    """The provinces of five and more; the rest together is none, or five and more as well."""
    told = {code: number for code, number in came.items() if code and number >= FEWEST}
    while told and 0 < sum(came.values()) - sum(told.values()) < FEWEST:
        del told[min(told, key=told.get)]
    return told


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


def openings() -> Counter:
    """How often the short addresses of a province and its gemeenten were opened."""
    by_province = Coalesce("area__province", "area")
    found = Opening.objects.values_list(by_province).annotate(Sum("times")).order_by()
    return Counter(dict(found))
