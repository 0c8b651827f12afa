"""The public register and the rules: uncached pages with all parties of two elections.

--size N: how many parties (1,000 unless given; ten accounts for each).
"""

import time
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from kennispunt.accounts.models import User
from kennispunt.elections.loading import load_areas
from kennispunt.elections.models import Area, AreaResult, Election, ElectoralList
from kennispunt.elections.names import folded_list_name
from kennispunt.parties import reading
from kennispunt.parties.eligibility import Situation, evaluate, ruleset
from kennispunt.parties.models import Mandate, Party

ROUNDS = 40
KAMER = (
    "VVD",
    "CDA",
    "D66",
    "GROENLINKS / PvdA",
    "ChristenUnie",
    "SP",
    "FVD",
    "Gemeentebelangen-VVD",
)


def run(size):
    size = size or 1000
    load_areas()
    areas = list(Area.objects.municipalities().valid_on(date(2026, 3, 18)))
    lists = make_results(areas, size)
    people = make_parties(areas, size)
    yield "parties", Party.objects.count(), "parties"
    yield "people with a mandate", people, "people"
    yield "lists in two elections", lists, "lists"
    reading.group_of.cache_clear()
    client = Client()
    began = time.perf_counter()
    client.get("/partijen/")
    yield "/partijen/, the very first of a process", (time.perf_counter() - began) * 1000, "ms"
    busiest = areas[0].slug
    for page in ("/partijen/", f"/partijen/gebied/{busiest}/", "/partijen/?q=belang"):
        with CaptureQueriesContext(connection) as queries:
            uncached(client, page)
        name = page.replace(busiest, "…")
        yield f"{name} uncached, database statements", len(queries), "queries"
        times = sorted(uncached(client, page) for _ in range(ROUNDS))
        yield f"{name} uncached, median", times[ROUNDS // 2], "ms"
        yield f"{name} uncached, p95", times[int(ROUNDS * 0.95) - 1], "ms"
    names = ElectoralList.objects.values_list("name", flat=True)
    began = time.perf_counter()
    for name in names:
        evaluate(Situation(names=(name,), on=ruleset().date, area="-", only_names=True))
    yield "rules on one name", (time.perf_counter() - began) * 1000 / len(names), "ms"


def uncached(client, page):
    """Milliseconds of one page: an address with a query is never kept."""
    page = page if "?" in page else f"{page}?n=1"
    began = time.perf_counter()
    assert client.get(page).status_code == 200
    return (time.perf_counter() - began) * 1000


def make_results(areas, size):
    """Two elections in every municipality: eight national lists and its share of local ones."""
    for day in (date(2022, 3, 16), date(2026, 3, 18)):
        election, _ = Election.objects.get_or_create(kind="GR", date=day)
        results = AreaResult.objects.bulk_create(
            [
                AreaResult(
                    election=election, area=area, seats=29, source="bench", imported_at=now()
                )
                for area in areas
            ]
        )
        names = [[*KAMER] for _ in results]
        for number in range(size):
            names[number % len(results)].append(f"Dorpsbelang nummer {number}")
        ElectoralList.objects.bulk_create(
            [
                ElectoralList(
                    result=result, name=name, folded=folded_list_name(name), votes=100, seats=2
                )
                for result, ours in zip(results, names, strict=True)
                for name in ours
            ]
        )
    return ElectoralList.objects.count()


def make_parties(areas, size):
    """Parties that show themselves, with ten people each."""
    parties = Party.objects.bulk_create(
        [
            Party(
                name=f"Dorpsbelang nummer {number}",
                folded=folded_list_name(f"Dorpsbelang nummer {number}"),
                status=Party.Status.ELIGIBLE,
                status_since=date(2026, 4, 1),
                is_shown=True,
            )
            for number in range(size)
        ]
    )
    Party.areas.through.objects.bulk_create(
        [
            Party.areas.through(party=party, area=areas[number % len(areas)])
            for number, party in enumerate(parties)
        ]
    )
    people = User.objects.bulk_create(
        [User(email=f"bench{number}@example.org") for number in range(size * 10)]
    )
    day = date(2026, 4, 1)
    Mandate.objects.bulk_create(
        [
            Mandate(
                person=person,
                party=parties[number // 10],
                role=Mandate.Role.BOARD,
                began_on=day,
                accepted_on=day,
                may_manage=number % 10 == 0,
            )
            for number, person in enumerate(people)
        ]
    )
    return len(people)
