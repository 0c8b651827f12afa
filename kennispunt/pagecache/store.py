"""The store of public pages, ready to send; and the rule which may be stored at all.

A page is cached for everyone who is not signed in, by scheme, host and path, in three encodings. It
is found only as long as nothing changed (changes.py) and it is the same day in Amsterdam.
"""

import gzip
import hashlib
import time
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

import brotli
from django.conf import settings
from django.core.cache import caches
from django.db.utils import Error as DatabaseError
from django.utils.cache import cc_delim_re
from django.utils.timezone import get_default_timezone

from kennispunt.pagecache import changes

ENCODINGS = ("br", "gzip", "identity")
LONGEST = 3600  # seconds; a change that nobody noticed cannot live longer
VISITORS_VARY = "Accept-Encoding, Cookie"
# In the answer to a browser that has the page already.
SAID_AGAIN = {"ETag", "Vary", "Cache-Control"}


class CachedPage(NamedTuple):
    """One page in one encoding."""

    etag: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def headers_of_304(self):
        return [header for header in self.headers if header[0] in SAID_AGAIN]


# --- Which pages ---------------------------------------------------------------------------------


def asks_a_public_page(environ) -> bool:
    """GET or HEAD without a query, from nobody in particular."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("QUERY_STRING")
        and "HTTP_AUTHORIZATION" not in environ
    )


def has_cookies_of_ours(environ) -> bool:
    """A session or a message: somebody who may see another page than everyone."""
    cookies = environ.get("HTTP_COOKIE")
    return bool(cookies) and (
        settings.SESSION_COOKIE_NAME in cookies or "messages=" in cookies  # or it only looks so
    )


def is_our_host(environ) -> bool:
    """A name of ALLOWED_HOSTS, written out, at our own port: a visitor cannot make up more."""
    host, _, port = host_of(environ).partition(":")
    return host in settings.ALLOWED_HOSTS and port in ("", environ["SERVER_PORT"])


def host_of(environ) -> str:
    return environ.get("HTTP_HOST") or environ["SERVER_NAME"]


def may_be_cached(environ, response) -> bool:
    """Whether this answer is the same for everyone. A view offered it (@cached_page)."""
    rules = set(cc_delim_re.split(response.get("Cache-Control", "").lower()))
    varies = set(cc_delim_re.split(response.get("Vary", "").lower()))
    return (
        getattr(response, "is_cacheable", False)
        and response.status_code == 200
        and not response.streaming
        and environ["REQUEST_METHOD"] == "GET"
        and is_our_host(environ)
        and not response.cookies
        and not rules & {"private", "no-store", "no-cache"}
        and varies <= {"", "accept-encoding"}
    )


# --- Until when ----------------------------------------------------------------------------------


@cache
def release() -> str:
    """Another text for other code, templates or contact details: a shared cache outlives us."""
    total = hashlib.sha256()
    for file in sorted((settings.BASE_DIR / "kennispunt").rglob("*")):
        if file.suffix in {".py", ".html", ".css", ".js", ".toml", ".csv", ".svg"}:
            total.update(file.read_bytes())
    for name in ("SITE_URL", "CONTACT_EMAIL", "CONTACT_PHONE", "CONTACT_HOURS"):
        total.update(str(getattr(settings, name)).encode())
    return total.hexdigest()[:12]


class Generation:
    """The name that all pages of this moment have in common: release, last change and day.

    Asked of the database at most once in PAGE_CACHE_SECONDS. That is how long another process may
    show a page from before a change; this process notices its own at once.
    """

    def __init__(self):
        self.name, self.good_until = "", 0.0
        changes.on_change(self.forget)

    def forget(self):
        self.good_until = 0.0

    def now(self) -> str:
        if time.time() >= self.good_until:
            self.look()
        return self.name

    def look(self):
        now = datetime.now(get_default_timezone())
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
        until = min(now.timestamp() + settings.PAGE_CACHE_SECONDS, midnight.timestamp())
        try:
            self.name = f"{release()}:{changes.version()}:{now.date()}"
        except DatabaseError:
            if str(now.date()) not in self.name:
                raise
            # Away for a moment: what we have of today is better than an error.
        self.good_until = until


generation = Generation()

# --- Put and get ---------------------------------------------------------------------------------


def key(environ, encoding) -> str:
    place = "|".join(
        (
            generation.now(),
            "https" if is_secure(environ) else "http",
            host_of(environ),
            environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
            encoding,
        )
    )
    return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()


def is_secure(environ) -> bool:
    """As Django sees it: a header counts only when the settings trust a proxy to set it."""
    if proxy := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = proxy
        return environ.get(name, "").split(",")[0].strip() == secure
    return environ.get("wsgi.url_scheme") == "https"


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The first of ours that the browser takes."""
    taken = set()
    for part in accepted.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";q=")
        if quality.strip("0.") or not quality:
            taken.add(name)
    return next((encoding for encoding in ENCODINGS if encoding in taken), "identity")


def find(environ) -> CachedPage | None:
    """The cached page that answers this request, in the encoding that its browser takes."""
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return caches["pages"].get(key(environ, encoding))


def has_it(environ, page: CachedPage) -> bool:
    """Whether the browser has this very page already."""
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    return page.etag in asked or asked.strip() == "*"


def keys(environ) -> dict[str, str]:
    """Under which names an answer goes that is made from now on."""
    return {encoding: key(environ, encoding) for encoding in ENCODINGS}


def put(names: dict[str, str], response) -> dict[str, CachedPage]:
    """Put an answer away in every encoding."""
    plain = response.content
    bodies = {
        "br": brotli.compress(plain, quality=6),
        "gzip": gzip.compress(plain, mtime=0),
        "identity": plain,
    }
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
    fixed = [
        (name, value)
        for name, value in response.items()
        if name.lower() not in {"content-length", "vary", "cache-control", "etag"}
    ]
    fixed += [("ETag", etag), ("Vary", VISITORS_VARY), ("Cache-Control", "no-cache")]
    pages = {}
    for encoding, body in bodies.items():
        headers = [*fixed, ("Content-Length", str(len(body)))]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        pages[encoding] = CachedPage(etag, headers, body)
    named = {names[encoding]: page for encoding, page in pages.items()}
    caches["pages"].set_many(named, seconds_good(response))
    return pages


def seconds_good(response) -> int:
    """Return how long a copy may live: an hour, or until the moment that the view said."""
    moment = getattr(response, "good_until", None)
    if moment is None:
        return LONGEST
    return max(0, min(LONGEST, int(moment.timestamp() - time.time())))
