"""Finding a training: near my town, about a theme, for my role, in the evening, online."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from kennispunt.elections import area_elections
from kennispunt.elections.finding import Found, find, kilometres
from kennispunt.elections.models import Area
from kennispunt.trainings.models import Edition, Training
from kennispunt.ui.cleaning import sought
from kennispunt.ui.narrowing import Choice

SATURDAY = 7  # as Django's week_day counts
NEAR = 25  # kilometres: people from there may come
EVENING = 17  # from this hour on
TOWNS = (Area.Kind.GEMEENTE, Area.Kind.OPENBAAR_LICHAAM)

# What one can choose: the word in the address, and on the screen.
AUDIENCES = {
    "bestuur": ("for_board", "bestuursleden"),
    "raad": ("for_councillors", "raadsleden en Statenleden"),
    "kandidaten": ("for_candidates", "kandidaten"),
    "vrijwilligers": ("for_volunteers", "vrijwilligers"),
    "oprichters": ("for_founders", "oprichters"),
}
WHENS = {"avond": "’s avonds", "zaterdag": "zaterdag"}
WHERES = {"zaal": "in een zaal", "online": "online"}


def choices() -> list[Choice]:
    """The form by which a visitor narrows the agenda."""
    audiences = [(word, text) for word, (_, text) in AUDIENCES.items()]
    return [
        Choice(
            "thema", "Waarover", themes(),
            lambda editions, slug: editions.filter(training__theme__slug=slug),
            nothing="alles", also_gone=True,
        ),
        Choice("voor", "Voor wie", audiences, _for, nothing="iedereen"),
        Choice("wanneer", "Wanneer", WHENS.items(), _when, nothing="maakt niet uit"),
        Choice(
            "waar", "Waar", WHERES.items(),
            lambda editions, where: editions.filter(room__isnull=where == "online"),
            nothing="maakt niet uit",
        ),
    ]  # fmt: skip


def _for(editions, audience):
    return editions.filter(**{f"training__{AUDIENCES[audience][0]}": True})


def _when(editions, when):
    if when == "zaterdag":
        return editions.filter(starts_at__week_day=SATURDAY)
    return editions.filter(starts_at__hour__gte=EVENING)


class Spot(NamedTuple):
    """The facts of an edition that the map and the order need."""

    pk: int
    town: str | None
    latitude: float | None
    longitude: float | None
    map_x: int | None
    map_y: int | None


def spots(editions) -> list[Spot]:
    """Every edition, with where it is. One query, however many there are."""
    fields = ("latitude", "longitude", "map_x", "map_y")
    rows = editions.values_list("pk", "room__town", *(f"room__area__{name}" for name in fields))
    return [Spot(*row) for row in rows]


def towns(words: str, today: date) -> list[Area]:
    """The municipalities of today that somebody may mean, as everywhere on the site.

    One when it is the word of our own links, or a village: then the nearest to it. A municipality
    that merged leads to what it became.
    """
    linked = Area.objects.filter(slug=sought(words), kind__in=TOWNS).exclude(latitude=None)
    found = Found(tuple(linked)) if linked else find(words, today)
    known = [one for one in found.areas if one.kind in TOWNS]
    heirs = dict.fromkeys(heir for one in known for heir in area_elections.heirs(one, today))
    towns = [one for one in heirs if one.latitude is not None]
    return towns[:1] if found.place else towns


def by_distance(found: Iterable[Spot], town: Area) -> list[tuple[Spot, float | None]]:
    """Put what is near first, the nearest on top; then those online, then what is far."""
    pairs = [(spot, kilometres(spot, town)) for spot in found]
    return sorted(pairs, key=lambda pair: (how_far(pair[1]), pair[1] or 0))


def how_far(far: float | None) -> int:
    """Rank kilometres: 0 is near, 1 is online or unknown, 2 is an evening's drive."""
    return 1 if far is None else 0 if far <= NEAR else 2


def nearest_instead(edition: Edition, now: datetime) -> Edition | None:
    """Return an edition that takes sign-ups, instead of this one: the same training before another,
    places before full, then the nearest (to within NEAR kilometres), online last; then the first.
    """
    coming = Edition.objects.open().coming(now).counted().exclude(pk=edition.pk)
    rows = coming.select_related("training", "room__area")
    here = edition.room.area if edition.room else None

    def order(one):
        is_full = one.taken >= one.places or one.waiting > 0
        far = kilometres(one.room.area, here) if here and one.room else None
        another = one.training_id != edition.training_id
        return (another, is_full, far is None, (far or 0) // NEAR, one.starts_at)

    return min((one for one in rows if one.takes_sign_ups(now)), key=order, default=None)


def themes() -> list[tuple[str, str]]:
    """The themes that we give something about: pairs of the word and the name. One query."""
    offered = Training.objects.filter(is_offered=True).order_by("theme__name")
    return list(offered.values_list("theme__slug", "theme__name").distinct())
