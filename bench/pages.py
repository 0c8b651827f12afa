"""The cost of a page: bytes on a first visit, statements, and speed against the floor.

Speed is CPU of the server for each answer, measured at a running server under load (wrk), and told
as a ratio to the floor (bench/_floor.py) in the same run: machines are shared and noisy.
"""

import re
import time
from contextlib import ExitStack
from datetime import timedelta
from importlib.util import find_spec
from statistics import median
from urllib.parse import urljoin

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.servers import body, load, serving
from kennispunt.pagecache.models import Change
from kennispunt.pagecache.store import generation

ARTICLE = "/onderwerpen/oprichten/naam-registreren/"
HOLDS = "De naam van je partij registreren</h1>"
PAGES = ("/", "/over/", "/kalender/", "/onderwerpen/oprichten/", ARTICLE)
ASSET = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src|img[^>]* src)="([^"]+)"'
)
ROUNDS = 5
POST = (
    "Een verslag van de vergadering van dinsdag, met wat we besloten en wie wat doet.\n\n"
    "De penningmeester vraagt om bonnen voor het einde van de maand. Wie nog iets heeft liggen, "
    "stuurt het op <vandaag>.\n\nDe volgende keer praten we over de lijst & het programma."
)


def weight(answer):
    """Bytes over the wire: status line and headers as HTTP/1.1 sends them, and the body."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in answer.items())
    return len(headers) + 20 + len(b"".join(answer) if answer.streaming else answer.content)


def cpu(function, seconds=1.0):
    """CPU milliseconds of one call, the best of several rounds."""
    best = None
    until = time.perf_counter() + seconds
    while best is None or time.perf_counter() < until:
        began = time.process_time()
        for _ in range(10):
            function()
        spent = (time.process_time() - began) * 100
        best = spent if best is None else min(best, spent)
    return best


def make_posts():
    """Make the posts that the floor shows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_post (id integer PRIMARY KEY, author varchar(50), "
            f"at {'timestamptz' if connection.vendor == 'postgresql' else 'datetime'}, text text)"
        )
        now = timezone.now()
        cursor.executemany(
            "INSERT INTO bench_post VALUES (%s, %s, %s, %s)",
            [(n, f"Lid {n}", now - timedelta(hours=n), POST) for n in range(40)],
        )


def visits():
    """Bytes and database statements, of a first visit to each kind of page."""
    client = Client(headers={"accept-encoding": "gzip, br"})
    for page in PAGES:
        answer = client.get(page)
        html = client.get(page, headers={"accept-encoding": "identity"}).content.decode()
        assets = {urljoin(page, asset) for asset in ASSET.findall(html)}
        total = weight(answer) + sum(weight(client.get(asset)) for asset in assets)
        yield f"{page} bytes, first visit", total, "bytes"
        yield f"{page} requests, first visit", 1 + len(assets), "requests"
        for when in ("after a change", "without the page cache"):
            if when == "after a change":
                Change.objects.create()
                generation.forget()
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            yield f"{page} database statements, {when}", len(queries), "queries"


def compare(server, targets):
    """{name: (answers per second, CPU ms per answer)}, medians of rounds that take turns."""
    with ExitStack() as stack:
        running = {}
        for name, (app, path, holds, settings) in targets.items():
            address, group = stack.enter_context(serving(app, server, **settings))
            running[name] = (address + path, group, holds)
            check(address + path, holds)
        found = {name: [] for name in running}
        for _ in range(ROUNDS):
            for name, (address, group, holds) in running.items():
                found[name].append(load(address, group, seconds=2))
                check(address, holds)
    return {
        name: [median(column) for column in zip(*rows, strict=True)] for name, rows in found.items()
    }


def check(address, holds):
    """A broken page is fast: every one that we measure holds its content."""
    text = body(address, "identity").decode()
    if holds not in text:
        raise RuntimeError(f"{address} does not hold {holds!r}")


TARGETS = {
    "floor": ("bench._floor", "/", "vergadering van dinsdag", {}),
    "empty view": ("bench._floor", "/leeg/", "leeg", {}),
    "article, kept": ("kennispunt.wsgi", ARTICLE, HOLDS, {"PAGE_CACHE": "1"}),
    "article, page cache off": ("kennispunt.wsgi", ARTICLE, HOLDS, {"PAGE_CACHE": "0"}),
}


def run(size):
    server = "granian" if find_spec("granian") else "gunicorn threads"
    yield from visits()
    make_posts()
    found = compare(server, TARGETS)
    rate, spent = found.pop("floor")
    yield f"floor ({server}): CPU of the server", spent, "ms"
    yield "floor: answers", rate, "per s"
    for name, (its_rate, its_spent) in found.items():
        yield f"{name}: CPU against the floor", spent / its_spent, "x"
        yield f"{name}: answers against the floor", its_rate / rate, "x"
