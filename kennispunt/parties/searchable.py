"""Entries of the register in the search: areas by the lists that stood there, and parties that show
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
    today = localdate()
    found = Party.objects.shown(today).prefetch_related("names", "areas")
    if keys is not None:
        found = found.filter(key__in=keys)
    for party in found:
        names = [one.name for one in party.names.all() if one.has_begun(today)]
        others = ", ".join(dict.fromkeys(name for name in names if name != party.name))
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


def areas_changed(sender, instance, action, reverse, pk_set, **kwargs):
    """Index a party again when its areas change, from either side: they are told with it."""
    if not action.startswith("post_"):
        return
    if not reverse:
        update(PARTY, instance.key)
    elif pk_set:
        update(PARTY, *Party.objects.filter(pk__in=pk_set).values_list("key", flat=True))


def area_changed(sender, instance, created, **kwargs):
    """An area with another name is told with its parties, and has another title itself."""
    if not created:
        update(AREA, instance.code.lower())
        update(PARTY, *instance.parties.values_list("key", flat=True))
