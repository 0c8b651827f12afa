"""The country in dots: one for each municipality. The ui component `dot_map` draws them."""

from datetime import date
from typing import NamedTuple

from kennispunt.elections.models import Area


class Dot(NamedTuple):
    """A municipality on the map, in a field of 273 × 316."""

    x: int
    y: int
    code: str
    name: str
    slug: str


def dots(on: date) -> list[Dot]:
    """The municipalities that exist on this date, from north to south. One query."""
    placed = Area.objects.municipalities().valid_on(on).exclude(map_x=None)
    rows = placed.order_by("map_y", "map_x").values_list("map_x", "map_y", "code", "name", "slug")
    return [Dot(*row) for row in rows]


def lights(area: Area, on: date) -> list[tuple[int, int]]:
    """Return where to light the map for this area: its own dot, or those of its municipalities."""
    if area.kind == Area.Kind.GEMEENTE:
        return [(area.map_x, area.map_y)] if area.map_x is not None else []
    placed = area.parts().valid_on(on).exclude(map_x=None).order_by("map_y", "map_x")
    return list(placed.values_list("map_x", "map_y"))
