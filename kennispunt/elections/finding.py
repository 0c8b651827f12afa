"""The area that somebody means: found by its name, main town or a village, also misspelt."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

from django.utils.timezone import localdate
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kennispunt.elections.models import Area, AreaName, folded
from kennispunt.ui.cleaning import sought

PLACES = Path(__file__).parent / "data" / "places.csv"
EARTH = 6371  # its mean radius, in kilometres
AROUND = 3  # municipalities that we name for a village
MOST = 25
SHORTEST_MENDED = 4  # letters of a name that may hold a slip
LONG = 8  # from this length on two slips


class Place(NamedTuple):
    """A town or village. In which municipality it lies we do not know: only what lies around it."""

    name: str
    province: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Found:
    """The areas that somebody may mean, and why those.

    `meant`: the name that we read instead of what was typed; `place`: the town or village around
    which the areas lie.
    """

    areas: tuple[Area, ...] = ()
    meant: str = ""
    place: str = ""

    @property
    def hint(self) -> str:
        """The reason for these, when nobody typed them; "" when somebody did."""
        if self.place and self.meant:
            return f"Bedoelde je {self.place}? Deze gemeenten liggen eromheen."
        if self.place:
            return f"{self.place} is geen gemeente. Deze gemeenten liggen eromheen."
        return f"Bedoelde je {self.meant}?" if self.meant else ""

    @property
    def one(self) -> Area | None:
        """The only one that it can be."""
        certain = len(self.areas) == 1 and not self.meant and not self.place
        return self.areas[0] if certain else None


def find(words: str, today: date | None = None) -> Found:
    """The areas that these words mean, of any kind and time; else those that begin so.

    A name that nothing has is read as the names that look most like it. "" finds nothing.
    """
    words, today = sought(words), today or localdate()
    if not folded(words):
        return Found()
    if exact := _named(words, today):
        return exact
    if begun := list(Area.objects.filter(name__istartswith=words)[:MOST]):
        return Found(tuple(begun))
    for name in _alike(folded(words)):
        if (found := _named(name, today)) is not None:
            return Found(found.areas, meant=_as_written(name, found), place=found.place)
    return Found()


def _named(words, today) -> Found | None:
    if areas := list(Area.objects.find(words)):
        return Found(tuple(areas))
    towns = Area.objects.valid_on(today).exclude(main_town="")
    if areas := [one for one in towns if folded(one.main_town) == folded(words)]:
        return Found(tuple(areas))
    places = _places().get(folded(words), [])
    if around := dict.fromkeys(one for place in places for one in _around(place, today)):
        return Found(tuple(around), place=places[0].name)
    return None


def _as_written(name, found) -> str:
    """With its capitals: the folded name of an area, a main town or a village."""
    names = [one for area in found.areas for one in (area.name, area.main_town)]
    return next((one for one in [*names, found.place] if folded(one) == name), name.capitalize())


def _alike(typed: str) -> list[str]:
    """The names that differ by a slip or two from what was typed, the nearest first."""
    if len(typed) < SHORTEST_MENDED:
        return []
    written = AreaName.objects.values_list("folded", flat=True)
    towns = Area.objects.exclude(main_town="").values_list("main_town", flat=True)
    names = {*written, *map(folded, towns), *_places()}
    slips = 2 if len(typed) >= LONG else 1
    ranked = extract(typed, names, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [name for name, *_ in sorted(ranked, key=lambda one: (one[1], one[0]))]


# --- Villages -------------------------------------------------------------------------------------


@cache
def _places() -> dict[str, list[Place]]:
    """Every town and village, by each of its names as we compare them."""
    found = defaultdict(list)
    with PLACES.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter=";"):
            place = Place(
                row["name"], row["province"], float(row["latitude"]), float(row["longitude"])
            )
            for name in [row["name"], *filter(None, row["other_names"].split("|"))]:
                found[folded(name)].append(place)
    return dict(found)


def _around(place: Place, today: date) -> list[Area]:
    """The municipalities of its province with their main towns nearest to it."""
    near = Area.objects.municipalities().valid_on(today).filter(province=place.province)
    pairs = [(kilometres(one, place), one) for one in near.exclude(latitude=None)]
    return [one for _, one in sorted(pairs, key=lambda pair: pair[0])[:AROUND]]


def kilometres(one, other) -> float | None:
    """As the crow flies between two things with latitude and longitude (haversine)."""
    if one.latitude is None or other.latitude is None:
        return None
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    between = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(sin(north / 2) ** 2 + between))
