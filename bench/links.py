"""Every link to elsewhere in one run: how long, and how calm it is for each host.

Real servers on this machine behind invented names; the pause between two requests to one host is
that of the site itself.
"""

import threading
import time
from collections import defaultdict
from itertools import pairwise

from kennispunt.pages import checking, links
from kennispunt.pages.tests.servers import html, network, websites

SIZE, HOSTS = 1000, 100


def run(size):
    size = size or SIZE
    addresses = [f"site{number % HOSTS}.example/{number}" for number in range(size)]
    asked, busy, most, lock = defaultdict(list), defaultdict(int), [0], threading.Lock()

    def page(handler):
        host = handler.headers["Host"]
        with lock:
            asked[host].append(time.monotonic())
            busy[host] += 1
            most[0] = max(most[0], busy[host])
        status, headers, body = html()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        with lock:
            busy[host] -= 1  # before the last byte: after it the next request may come
        handler.wfile.write(body)

    shown = [links.Link(f"http://{one}", "Kip", "/beheer/") for one in addresses]
    sources, links._sources = links._sources, {"bench": lambda: shown}
    try:
        with websites(dict.fromkeys(addresses, page)) as server:
            began = time.monotonic()
            result = checking.run(network(server))
            took = time.monotonic() - began
    finally:
        links._sources = sources
    gaps = [b - a for times in asked.values() for a, b in pairwise(times)]
    yield f"{size} addresses on {HOSTS} hosts", took, "s"
    yield "seen", result.seen, "addresses"
    yield "failed or left for later", result.failed + result.left, "addresses"
    yield "most requests at once to one host", most[0], "requests"
    yield "shortest time between two to one host", min(gaps, default=0), "s"
