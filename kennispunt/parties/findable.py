"""What search finds of the register: areas by the lists that stood there, and parties that show
themselves."""

from collections import defaultdict

from django.urls import reverse
from django.utils.timezone import localdate

from kennispunt.elections.models import Area, ElectoralList
from kennispunt.parties.models import Party
from kennispunt.search.index import Entry, Passage, update

AREA, PARTY = "lijsten", "partij"


def areas(keys=None):
    """Every area with results, found by the names of its lists."""
    lists = ElectoralList.objects.filter(blank_order=0, result__area__isnull=False)
    if keys is not None:
        lists = lists.filter(result__area__in=[key.upper() for key in keys])
    names = defaultdict(dict)
    for code, name, folded in lists.order_by("folded").values_list(
        "result__area", "name", "folded"
    ):
        names[code][folded] = name
    for area in Area.objects.filter(pk__in=names):
        yield Entry(
            key=area.code.lower(),
            title=f"Partijen in {area.title}",
            url=reverse("parties:area", args=[area.slug]),
            lead="De lijsten die meededen, met hun zetels door de jaren.",
            passages=[Passage("Lijsten", ", ".join(names[area.code].values()))],
        )


def parties(keys=None):
    """Parties that chose to be shown."""
    found = Party.objects.shown(localdate()).prefetch_related("names", "areas")
    if keys is not None:
        found = found.filter(key__in=keys)
    for party in found:
        others = ", ".join(one.name for one in party.names.all() if one.name != party.name)
        yield Entry(
            key=party.key,
            title=party.name,
            url=reverse("parties:party", args=[party.key]),
            lead=party.about,
            passages=[Passage("Heette ook", others)] if others else [],
            note=", ".join(area.name for area in party.areas.all()),
        )


def results_imported(sender, areas, **kwargs):
    update(AREA, *(code.lower() for code in areas))


def party_changed(sender, instance, **kwargs):
    """Saved, shown or no longer: what the party took away is not found any more."""
    update(PARTY, instance.key)
