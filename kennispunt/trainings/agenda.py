"""Ground of the pages that show a few trainings: the first ones, and until when that is right."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from kennispunt.trainings.finding import Spot, spots
from kennispunt.trainings.models import Edition

A_MINUTE = timedelta(minutes=1)


def first(number: int) -> dict:
    """The first `editions` that come, and where to light the map for all. Three queries."""
    coming = Edition.objects.open().coming(timezone.now())
    return {
        "editions": list(coming.shown()[:number]),
        "lights": lights(spots(coming)),
    }


def lights(found: Iterable[Spot]) -> list[tuple[int, int]]:
    """Return where to light the map: each municipality once."""
    return sorted({(spot.map_x, spot.map_y) for spot in found if spot.map_x is not None})


def next_moment(editions: Iterable[Edition], now: datetime) -> datetime | None:
    """Return when a page about these editions looks different by itself: one opens, closes or ends.

    And a minute from now at the latest: so long a number of places may be old. A sign-up empties
    no page of its own (apps.py), or each would have the whole site made anew.
    """
    editions = list(editions)
    moments = (
        moment
        for one in editions
        for moment in (one.opens_at, one.closes_at, one.starts_at, one.ends_at)
    )
    to_come = [moment for moment in moments if moment and moment > now]
    return min([*to_come, now + A_MINUTE]) if editions else None
