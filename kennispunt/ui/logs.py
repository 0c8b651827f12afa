"""Our logs: one line for each thing, no address of a visitor, no key to anything.

The server (granian, gunicorn) writes no line of its own for a request: it would write the path as
it came, with line ends and signs of a terminal in it (%0a, %1b), and the links that we mail.
"""

import logging
import re
import time
from urllib.parse import quote

log = logging.getLogger("kennispunt.access")

# A part of a path that opens something: signed (with a colon), or chance (capitals among the rest),
# a number of a file, or what comes after the word "key". Slugs are none of these.
KEY = re.compile(
    r"(?<=/key/)[^/]+"
    r"|[^/]*:[^/]{8,}"
    r"|[^/]*[A-Z][\w-]{15,}"
    r"|[\w-]{8,}[A-Z][\w-]{7,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[0-9a-f]{24,}"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def with_a_log(application):
    """A WSGI application that writes one line for each request: what was asked, and how it went."""

    def logged(environ, start_response):
        begin, said = time.perf_counter(), {}

        def start(status, headers, exc_info=None):
            said["status"] = status[:3]
            return (
                start_response(status, headers, exc_info)
                if exc_info
                else start_response(status, headers)
            )

        try:
            return application(environ, start)
        finally:
            took = (time.perf_counter() - begin) * 1000
            method = safe(environ["REQUEST_METHOD"])
            log.info("%s %s %s %.1f", method, path_of(environ), said.get("status", "-"), took)

    return logged


def path_of(environ) -> str:
    """The path as it may be read by others: keys taken out, all odd signs as %."""
    raw = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return quote(KEY.sub("~", raw[:500]), safe="/-_.~")


def safe(text: str) -> str:
    """Without what moves a cursor or begins a line."""
    return CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], text)


class OneLine(logging.Formatter):
    """The message on one line, whatever somebody put in it; what went wrong comes below."""

    def formatMessage(self, record):
        record.message = safe(record.message)
        return super().formatMessage(record)
