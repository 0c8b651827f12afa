"""The example parties: two rivals in Assen, and one that is being founded. Invented."""

from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.elections.calendar import next_election
from kennispunt.elections.models import Area
from kennispunt.parties.models import Mandate, Party

Role = Mandate.Role

MANAGES = {"may_manage": True, "may_vote": True}
PEOPLE = {
    "Asser Kring": {
        "anna@example.org": {"role": Role.CHAIR, **MANAGES},
        "bram@example.org": {"role": Role.VOLUNTEER},
    },
    "Lokaal Hazelmeer": {"carla@example.org": {"role": Role.BOARD, **MANAGES}},
    "Wij Molenkerk": {"daan@example.org": {"role": Role.FOUNDER, **MANAGES}},
}


def load():
    """Make the example parties and who speaks for them. Safe to repeat."""
    today = localdate()
    eligible = {"status": Party.Status.ELIGIBLE, "status_since": today}
    registration = next_election("PS", today).day("registratie").date
    founding = {
        "status": Party.Status.FOUNDING,
        "status_since": today,
        "status_until": max(registration, today),
    }
    for name, area, status in [
        ("Asser Kring", "GM0106", eligible),
        ("Lokaal Hazelmeer", "GM0106", eligible),
        ("Wij Molenkerk", "PV22", founding),
    ]:
        party, _ = Party.objects.get_or_create(name=name, defaults=status)
        party.areas.add(Area.objects.get(code=area))
        for email, fields in PEOPLE[name].items():
            Mandate.objects.get_or_create(
                person=User.objects.get(email=email),
                party=party,
                defaults=fields | {"began_on": today, "accepted_on": today},
            )
