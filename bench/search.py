"""Searching in invented Dutch: how long a question takes, and what the index costs."""

import os
import random
import statistics
import sys
import time
from itertools import accumulate

SIZES = (1_000, 100_000)
WHOLE = 100_000
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


def build(count):
    """Index so many documents; the database then holds them and nothing else. Documents per second.

    Only the first 100,000 go the whole way from text to index, which is what the rate is about.
    A million are ten times these, copied by the database: the same words, as common as before.
    """
    from kennispunt.search import index

    whole = min(count, WHOLE)
    index._kinds.clear()  # the registry is ours for the time of the benchmark
    index.register(
        "invented",
        label="Bedacht",
        order=1,
        entries=lambda keys: documents(whole),
        suggest=False,
    )
    began = time.perf_counter()
    index.rebuild(progress=lambda kind, done: say(f"{done:,} of {whole:,}"))
    rate = whole / (time.perf_counter() - began)
    if count > whole:
        multiply(count // whole)
    return rate


def multiply(times):
    """Put every document there so many times, and index them all at once."""
    from django.db import connection

    from kennispunt.search.engines import engine

    columns = "kind, url, title, lead, passages, note, tokens, indexed_at"
    with connection.cursor() as cursor:
        for statement in engine().DROP:
            cursor.execute(statement)
        for number in range(1, times):
            cursor.execute(
                f"INSERT INTO search_searchentry (key, {columns})"
                f" SELECT key || '-{number}', {columns} FROM search_searchentry"
                " WHERE key NOT LIKE '%%-%%'",
                [],
            )
            say(f"copy {number + 1} of {times}")
        for statement in engine().CREATE:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
        for table in ("search_searchterm", "search_searchword"):
            cursor.execute(f"UPDATE {table} SET documents = documents * {times:d}")


def say(what):
    print(f"\r{what:40}", end="", file=sys.stderr, flush=True)


def sizes():
    """The index alone, and all that search keeps of the documents, in bytes."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(
                "SELECT pg_relation_size('search_vector'),"
                " pg_total_relation_size('search_searchentry')"
            )
            return cursor.fetchone()
        cursor.execute("SELECT sum(length(block)) FROM search_index_data")
        held = cursor.fetchone()[0]
        return held, os.path.getsize(connection.settings_dict["NAME"])


def times():
    """Return how long each of the questions takes, in milliseconds."""
    from kennispunt.search.find import search

    chance, rare = random.Random(2), vocabulary(random.Random(1))
    found = []
    for _ in range(QUESTIONS):
        some = chance.sample(OURS, chance.randint(1, 3))
        question = " ".join([*some, *chance.sample(rare, chance.randint(0, 1))])
        began = time.perf_counter()
        search(question)
        found.append((time.perf_counter() - began) * 1000)
    return found


def run(size):
    for count in [size] if size else SIZES:
        yield f"{count:,}: built", build(count), "docs/s"
        held, whole = sizes()
        yield f"{count:,}: index", held / 1e6, "MB"
        yield f"{count:,}: index and texts", whole / 1e6, "MB"
        took = times()
        yield f"{count:,}: question, median", statistics.median(took), "ms"
        yield f"{count:,}: question, p95", statistics.quantiles(took, n=20)[-1], "ms"
