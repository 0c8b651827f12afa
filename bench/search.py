"""Searching in invented Dutch: how long a question takes, and what the index costs."""

import os
import random
import statistics
import time
from itertools import accumulate

SIZES = (1_000, 100_000)
QUESTIONS = 100
SYLLABLES = [
    "be",
    "bo",
    "da",
    "de",
    "ge",
    "ka",
    "ki",
    "la",
    "le",
    "ma",
    "me",
    "na",
    "ne",
    "pa",
    "po",
    "ra",
    "re",
    "sa",
    "se",
    "ta",
    "te",
    "va",
    "ve",
    "wa",
    "zo",
]
# One word in about ten is one of ours, so that questions are as common and as rare as real ones.
OURS = [
    "partij",
    "vereniging",
    "statuten",
    "bestuur",
    "ledenvergadering",
    "gemeenteraad",
    "verkiezing",
    "kandidatenlijst",
    "naam",
    "registreren",
    "notaris",
    "waarborgsom",
    "volmacht",
    "contributie",
    "penningmeester",
    "reglement",
    "privacy",
    "campagne",
    "begroting",
    "fractie",
    "raadslid",
    "zetel",
    "stembureau",
    "handtekening",
    "programma",
    "subsidie",
    "verslag",
    "besluit",
]


def vocabulary(chance, words=30_000):
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(words)]


def documents(size):
    """Entries whose words are as unequal as in a language (Zipf)."""
    from kennispunt.search.index import Entry, Passage

    chance = random.Random(1)
    words = OURS + vocabulary(chance)
    weights = [1 / (rank + 8) for rank in range(len(words))]
    total = list(accumulate(weights))

    def some(count):
        return " ".join(chance.choices(words, cum_weights=total, k=count))

    for number in range(size):
        yield Entry(
            key=str(number),
            title=some(chance.randint(3, 7)),
            url=f"/{number}/",
            lead=some(15),
            passages=[Passage(some(5), some(40)) for _ in range(2)],
        )


def run(size):
    from django.db import connection

    from kennispunt.search import index
    from kennispunt.search.find import search

    for count in [size] if size else SIZES:
        index._kinds.clear()  # the registry is ours for the time of the benchmark
        index.register(
            "invented",
            label="Bedacht",
            order=1,
            entries=lambda keys, n=count: documents(n),
            suggest=False,
        )
        began = time.perf_counter()
        index.rebuild()
        yield f"{count:,}: built", count / (time.perf_counter() - began), "docs/s"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE search_searchentry")
                cursor.execute("SELECT pg_relation_size('search_index')")
                held = cursor.fetchone()[0]
                cursor.execute("SELECT pg_total_relation_size('search_searchentry')")
                whole = cursor.fetchone()[0]
            else:
                cursor.execute("SELECT sum(length(block)) FROM search_index_data")
                held = cursor.fetchone()[0]
                whole = os.path.getsize(connection.settings_dict["NAME"])
        yield f"{count:,}: index", held / 1e6, "MB"
        yield f"{count:,}: index and texts", whole / 1e6, "MB"
        chance = random.Random(2)
        rare = vocabulary(random.Random(1))
        questions = [
            " ".join(
                [
                    *chance.sample(OURS, chance.randint(1, 3)),
                    *chance.sample(rare, chance.randint(0, 1)),
                ]
            )
            for _ in range(QUESTIONS)
        ]
        times = []
        for question in questions:
            began = time.perf_counter()
            search(question)
            times.append((time.perf_counter() - began) * 1000)
        yield f"{count:,}: question, median", statistics.median(times), "ms"
        yield f"{count:,}: question, p95", statistics.quantiles(times, n=20)[-1], "ms"
