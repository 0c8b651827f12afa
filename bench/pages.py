"""What a page costs: bytes on a first visit, database statements, and CPU against an empty view."""

import re
import time
from urllib.parse import urljoin

from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

PAGES = ("/", "/over/", "/privacy/", "/kalender/")
ASSET = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src|img[^>]* src)="([^"]+)"'
)
FLOOR = Template("{% for row in rows %}<li>{{ row.0 }}: {{ row.1 }}</li>{% endfor %}")


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


def floor():
    """One query and 20 rows through a minimal template, without middleware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM auth_permission LIMIT 20")
        rows = cursor.fetchall()
    return HttpResponse(FLOOR.render(Context({"rows": rows})))


def run(size):
    client = Client(headers={"accept-encoding": "gzip, br"})
    base = cpu(floor)
    yield "floor: 1 query, 20 rows, CPU", base, "ms"
    for page in PAGES:
        answer = client.get(page)
        html = client.get(page, headers={"accept-encoding": "identity"}).content.decode()
        assets = {urljoin(page, asset) for asset in ASSET.findall(html)}
        yield (
            f"{page} bytes, first visit",
            weight(answer) + sum(weight(client.get(asset)) for asset in assets),
            "bytes",
        )
        yield f"{page} requests, first visit", 1 + len(assets), "requests"
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        yield f"{page} database statements", len(queries), "queries"
        yield f"{page} speed against the floor", base / cpu(lambda page=page: client.get(page)), "x"
