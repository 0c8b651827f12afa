"""What our tests are about. Give only what matters to the test."""

from datetime import date

from kennispunt.elections.models import Area, ElectoralList
from kennispunt.elections.tests.make import make_area as elections_make_area
from kennispunt.parties.models import Mandate, Party

ELIGIBLE = {"status": Party.Status.ELIGIBLE}
APPLIED = {"status": Party.Status.APPLIED}
NEW = {"status": Party.Status.NEW}
FOUNDING = {"status": Party.Status.FOUNDING, "status_until": date(2098, 12, 21)}
ENDED = {"status": Party.Status.ENDED}

NAMES = {"GM0106": "Assen", "GM0114": "Emmen", "PV22": "Drenthe"}


def make_area(code="GM0106") -> Area:
    """An area with its real code: Assen, Emmen, or Drenthe around them."""
    return elections_make_area(code, NAMES[code])


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


ANSWERS = {
    "wie": {"name": "Fleur", "role": "chair"},
    "verklaring": {"seat": "no", "cooperation": "none", "legal_form": "full"},
    "controle": {"proof": "public_mail", "proof_at": "www.lindewaard.example"},
    "versturen": {"consent": "on"},
}


def apply(client, *, area="GM0106", list_name="", which="", party_name="", until="", **answers):
    """Walk through the pages of an application as whoever is signed in, up to the step `until`."""
    steps = {"gebied": {"area": area}, "partij": {"which": which, "party_name": party_name}}
    for step, typed in (steps | ANSWERS).items():
        if step == until:
            return None
        if step == "partij" and not which:
            name = list_name or "Dorpsbelang Lindewaard"
            found = ElectoralList.objects.get(name=name, result__area=area)
            typed = {"which": f"list-{found.pk}"}
        response = client.post(f"/partijen/aanmelden/{step}/", typed | answers.get(step, {}))
        assert response.status_code == 302, response.context["form"].errors
    return response
