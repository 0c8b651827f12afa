"""The desk with many cases that wait: the number of database statements must not grow.

--size N: how many cases (1,000 unless given).
"""

import time
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.register import make_parties
from kennispunt.accounts.models import User
from kennispunt.elections.loading import load_areas
from kennispunt.elections.models import Area
from kennispunt.parties.models import Case, Party

ROUNDS = 10


def run(size):
    size = size or 1000
    load_areas()
    make_parties(list(Area.objects.municipalities().valid_on(date(2026, 3, 18))), size)
    client = Client()
    client.force_login(project_leader())
    parties = list(Party.objects.filter(name__startswith="Dorpsbelang nummer"))
    for number in dict.fromkeys((1, 10, size)):
        Case.objects.filter(party__in=parties).delete()
        Case.objects.bulk_create(
            Case(party=party, kind=Case.Kind.APPLICATION, due=date(2026, 12, 1))
            for party in parties[:number]
        )
        times = sorted(opened(client) for _ in range(ROUNDS))
        with CaptureQueriesContext(connection) as queries:
            opened(client)
        yield f"/balie/ with {number} cases, statements", len(queries), "queries"
        yield f"/balie/ with {number} cases, median", times[ROUNDS // 2], "ms"


def project_leader():
    person = User.objects.create_user("bench-desk@example.org")
    person.groups.add(Group.objects.get(name="Project leaders"))
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return person


def opened(client):
    began = time.perf_counter()
    assert client.get("/balie/").status_code == 200
    return (time.perf_counter() - began) * 1000
