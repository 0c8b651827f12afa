"""What our tests are about. Give only what matters to the test."""

from datetime import date

from django.utils.timezone import now

from kennispunt.elections.models import Area, AreaResult, Election, ElectoralList
from kennispunt.elections.names import folded_list_name

MARCH_2026 = date(2026, 3, 18)


def make_area(code="GM0106", name="Assen") -> Area:
    """A gemeente in Drenthe; a provincie, waterschap or openbaar lichaam by its code."""
    kind = {"GM": "gemeente", "PV": "provincie", "W": "waterschap", "O": "openbaar_lichaam"}
    kind = next(word for start, word in kind.items() if code.startswith(start))
    fields = {"kind": kind, "name": name, "slug": f"{kind}-{code.lower()}", "eml_id": code[-4:]}
    fields["kiesraad_code"] = code.replace("GM", "G").replace("PV", "P")
    if kind == "gemeente":
        fields["province"] = make_area("PV22", "Drenthe")
    area, _ = Area.objects.get_or_create(code=code, defaults=fields)
    return area


def make_result(area=None, *, kind="GR", on=MARCH_2026, **lists) -> AreaResult:
    """A result with lists by name and their seats: make_result(assen, Dorpsbelang=3, VVD=2)."""
    election, _ = Election.objects.get_or_create(kind=kind, date=on)
    result = AreaResult.objects.create(
        election=election,
        area=area,
        seats=sum(lists.values()),
        source="uitslag.csv",
        imported_at=now(),
    )
    ElectoralList.objects.bulk_create(
        [
            ElectoralList(
                result=result,
                name=name,
                folded=folded_list_name(name),
                seats=seats,
                votes=seats * 100 + 50,
            )
            for name, seats in lists.items()
        ]
    )
    return result
