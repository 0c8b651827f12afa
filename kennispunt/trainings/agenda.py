"""What pages that show a few trainings share: which come first, and until when that is so."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from kennispunt.trainings.finding import Spot, spots
from kennispunt.trainings.models import Edition


def first(number: int) -> dict:
    """The first `editions` that come, and where to light the map for all. Three queries."""
    coming = Edition.objects.open().coming(timezone.now())
    return {
        "editions": list(coming.shown()[:number]),
        "lights": lights(spots(coming)),
    }


def lights(found: Iterable[Spot]) -> list[tuple[int, int]]:
    """Where to light the map: each municipality once."""
    return sorted({(spot.map_x, spot.map_y) for spot in found if spot.map_x is not None})


def next_moment(editions: Iterable[Edition], now: datetime) -> datetime | None:
    """When a page about these editions looks different by itself: one opens, closes or ends."""
    moments = (
        moment
        for one in editions
        for moment in (one.opens_at, one.closes_at, one.starts_at, one.ends_at)
    )
    return min((moment for moment in moments if moment and moment > now), default=None)
