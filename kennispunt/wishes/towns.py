"""The towns where a party may ask for a training, and the region in which that counts."""

from django.db.models import Q
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.parties.models import Mandate


def towns_of(mandate: Mandate) -> list[Area]:
    """Return the towns for which somebody may ask: the gemeenten of their party, or those of its
    province or water board.
    """
    own = [area.pk for area in mandate.areas]
    towns = Area.objects.valid_on(localdate()).filter(
        Q(pk__in=own) | Q(province__in=own) | Q(waterschappen__in=own),
        kind__in=[Area.Kind.GEMEENTE, Area.Kind.OPENBAAR_LICHAAM],
    )
    return list(towns.select_related("province").distinct())


def region_of(town: Area) -> Area:
    """The province; a gemeente of the Caribbean Netherlands is a region of its own."""
    return town.province or town
