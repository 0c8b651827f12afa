"""What our tests are about. Give only what matters to the test."""

from datetime import date

from kennispunt.elections.models import Area
from kennispunt.parties.models import Mandate, Party

ELIGIBLE = {"status": Party.Status.ELIGIBLE}
APPLIED = {"status": Party.Status.APPLIED}
NEW = {"status": Party.Status.NEW}
FOUNDING = {"status": Party.Status.FOUNDING, "status_until": date(2098, 12, 21)}
ENDED = {"status": Party.Status.ENDED}

AREAS = {
    "PV22": {"kind": "provincie", "name": "Drenthe", "eml_id": "3"},
    "GM0106": {"kind": "gemeente", "name": "Assen", "province_id": "PV22", "eml_id": "0106"},
    "GM0114": {"kind": "gemeente", "name": "Emmen", "province_id": "PV22", "eml_id": "0114"},
}


def make_area(code="GM0106") -> Area:
    """An area with its real code: Assen, Emmen, or Drenthe around them."""
    fields = AREAS[code]
    if "province_id" in fields:
        make_area(fields["province_id"])
    defaults = {"slug": fields["name"].lower(), "kiesraad_code": code, **fields}
    return Area.objects.get_or_create(code=code, defaults=defaults)[0]


def make_party(name="Asser Kring", *, area="GM0106", **fields) -> Party:
    """An eligible party in Assen."""
    fields = ELIGIBLE | {"status_since": date(2026, 4, 1)} | fields
    party = Party.objects.create(name=name, **fields)
    party.areas.add(area if isinstance(area, Area) else make_area(area))
    return party


def make_mandate(person, party, *, manages=False, **fields) -> Mandate:
    """An accepted board member; with manages=True the one who manages the party's people."""
    fields = {
        "role": Mandate.Role.CHAIR if manages else Mandate.Role.BOARD,
        "began_on": date(2026, 4, 1),
        "accepted_on": date(2026, 4, 1),
        "may_manage": manages,
        "may_vote": manages,
    } | fields
    return Mandate.objects.create(person=person, party=party, **fields)
