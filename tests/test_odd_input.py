"""Nothing that anybody sends is a 500: every address and every form, as a visitor and as staff.

NUL, endless digits, half signs, endless words, arrays for values, broken headers and wrong content
types go into the path, the query and each field. The site is that of the example data; what a form
changes is undone. The seed is fixed, so what fails once fails always.
"""

import random
import re
import sys
import traceback
from collections import Counter, deque
from urllib.parse import quote, urljoin, urlsplit

import html5lib
import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

VALUES = [
    "\0", "a\0b", "9" * 5_000, "-1", "99999999999999999999", "0", "²", "٣", "1e999", "NaN", "-0.0",
    "2026-11-" + "1" * 25, "9" * 25 + "-01-01", "0000-00-00", "99:99", "31-02-2026", "w" * 70_000,
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\ufffe\uffff", "\u202e\u200b",
    "' OR 1=1 --", "%00", "%ed%a0%80", "\r\nX: y", "[]", "{}", "null", "../../etc/passwd", "=1+1",
    "a@b@c", "a\n@b.nl", '"\0"@b.nl', "xn--a@xn--a", "http://[", "javascript:x", "\U0001f469\u200d",
    "İ", "ß" * 300, "(" * 300, "a" * 300 + "!", "*" * 300, ";;;", ",", " ", "\t", "\x0b", "\x85",
]  # fmt: skip
PARTS = [
    "%00", "a%00b", "9" * 5_000, "99999999999999999999", "-1", "0", "%ed%a0%80", "%ff", "w" * 5_000,
    "..", "%2e%2e", "%0a", "%5b", "²", "%d9%a3", "2026-11-" + "1" * 25, "NaN", "%20",
]  # fmt: skip
HEADERS = [
    {"HTTP_ORIGIN": "http://["}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "\xff"}, {"HTTP_ORIGIN": "//"},
    {"HTTP_REFERER": "http://["}, {"HTTP_REFERER": "http://a:b:c/"}, {"HTTP_REFERER": "\xff\xfe"},
    {"HTTP_HOST": "[::1"}, {"HTTP_HOST": "a b"}, {"HTTP_HOST": ""}, {"HTTP_HOST": "x" * 5_000},
    {"HTTP_HOST": "localhost:99999999"}, {"HTTP_HOST": "\xff"},
    {"HTTP_ACCEPT_LANGUAGE": "nl;q=9999999999,x" * 900}, {"HTTP_ACCEPT_LANGUAGE": "\xff;q=nan"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=x, br;q=" + "9" * 5_000}, {"HTTP_ACCEPT_ENCODING": "\xff"},
    {"HTTP_ACCEPT": "*/*;q=nan, application/json;q=" + "1" * 5_000}, {"HTTP_ACCEPT": "\xff"},
    {"HTTP_RANGE": "bytes=" + "9" * 5_000 + "-"}, {"HTTP_RANGE": "bytes=-²"}, {"HTTP_RANGE": "x"},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 99 Foo 99999 99:99:99 GMT"},
    {"HTTP_IF_MODIFIED_SINCE": "Sun, 06 Nov 9999 99:99:99 GMT"},
    {"HTTP_IF_MODIFIED_SINCE": "9" * 5_000}, {"HTTP_IF_UNMODIFIED_SINCE": "²"},
    {"HTTP_IF_NONE_MATCH": '"' + "x" * 5_000}, {"HTTP_IF_MATCH": "\xff"},
    {"HTTP_COOKIE": 'sessionid="\\000"'}, {"HTTP_COOKIE": "sessionid=" + "9" * 5_000},
    {"HTTP_COOKIE": "csrftoken=\xff; messages=\xff; sessionid=\xff"}, {"HTTP_COOKIE": "=;;=;\x01"},
    {"HTTP_COOKIE": 'messages="\\000"; csrftoken="\\000"'}, {"HTTP_COOKIE": "messages=x:y:z"},
    {"HTTP_X_FORWARDED_FOR": "\xff, [::1, 999.1.1.1"}, {"REMOTE_ADDR": ""}, {"REMOTE_ADDR": "unix:"},
    {"HTTP_X_FORWARDED_PROTO": "\xff"}, {"HTTP_USER_AGENT": "\xff" * 5_000}, {"HTTP_AUTHORIZATION": "Basic \xff"},
    {"HTTP_AUTHORIZATION": "Basic AAAA"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_HX_REQUEST": "²"},
    {"HTTP_SEC_FETCH_SITE": "\xff"}, {"QUERY_STRING": "%"}, {"QUERY_STRING": "&=&=;%00=%00"},
    {"QUERY_STRING": "&".join(f"a{number}=1" for number in range(1_100))},
]  # fmt: skip
BODIES = [
    ("application/json", b"{"), ("application/json", b"[" * 3_000), ("application/json", b'{"a":"\\u0000"}'),
    ("multipart/form-data", b"x"), ("multipart/form-data; boundary=\xc3\xa9".encode("latin-1").decode("latin-1"), b"--"),
    ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name=\"x\0\"\r\n\r\n\0\r\n--a--"),
    ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=%00&b=+AAA-"),
    ("application/x-www-form-urlencoded; charset=x\xff", b"a=%ed%a0%80"), ("text/plain", b"\0\xff"), ("", b"a=1"),
    ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(1_100))),
]  # fmt: skip
ASIDE = re.compile(r"/(beheer/(sprite|jsi18n|bulk)|static/)")  # nothing of ours, or no page


@pytest.fixture
def example(db):
    """The database is that of dev.py run."""


@pytest.fixture
def told(settings):
    """Return what went wrong, each fault once: {where in the code: (address, what was sent)}."""
    found = {}

    def note(sender, request, **kwargs):
        kind, error, trace = sys.exc_info()
        frames = traceback.extract_tb(trace)
        ours = [frame for frame in frames if "/kennispunt/" in frame.filename] or frames
        if request.path.startswith("/beheer/") and ours is frames:
            return  # Wagtail's own code, for staff alone
        name, line = ours[-1].filename.rpartition("/kennispunt/")[2], ours[-1].lineno
        where = f"{kind.__name__} {str(error)[:90]} at {name}:{line}"
        found.setdefault(where, f"{request.method} {request.path[:80]}")

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


class Asker:
    """One who asks; nothing that is asked changes anything, not even who is signed in."""

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.copy()
        self.asked = 0

    def ask(self, method, address, *args, **extra):
        """The status, and the text of a page. 500 also when the test client itself broke."""
        self.asked += 1
        self.client.cookies = self.cookies.copy()
        with transaction.atomic():
            answer = getattr(self.client, method)(address, *args, **extra)
            page = b"" if answer.streaming else answer.content
            transaction.set_rollback(True)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        return answer.status_code, page if is_page else b"", answer.get("Location", "")


def kind_of(address):
    """Return the pattern that answers for an address: its pages are one for us."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    if found.url_name == "wagtail_serve":
        return found.route + address.count("/") * "/"
    return found.route


def without_variables(patterns=None, prefix="/"):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from without_variables(pattern.url_patterns, route)
        elif not set("^$?(<") & set(route):
            yield route


def walk(asker):
    """One address of every pattern that can be found by following links: {address: page}.

    What refuses or leads elsewhere is tried three times with another address.
    """
    tries, pages, seen = Counter(), {}, set()
    waiting = deque(without_variables())
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or address in seen or tries[kind] >= 3 or ASIDE.match(address):
            continue
        seen.add(address)
        status, page, location = asker.ask("get", address)
        tries[kind] += 3 if status == 200 else 1
        if status in (200, 405) or "<" not in kind:
            pages[address] = page
        found = [location] if location else []
        if page:
            found += [one.get("href", "") for one in html(page).iter("a")]
        for link in found:
            target = urlsplit(urljoin(address, link))
            if target.netloc in ("", "testserver", "localhost"):
                waiting.append(target.path)
    return pages


def html(page):
    return html5lib.parse(page, namespaceHTMLElements=False)


def forms(address, page):
    """(address, method, fields with their values) of each form on a page."""
    for form in html(page).iter("form") if page else ():
        fields = {}
        for field in [*form.iter("input"), *form.iter("textarea"), *form.iter("select")]:
            name = field.get("name")
            if name and name != "csrfmiddlewaretoken":
                options = [one.get("value", "") for one in field.iter("option")]
                fields[name] = options[-1] if options else field.get("value") or field.text or ""
        for button in form.iter("button"):
            if button.get("name"):
                fields[button.get("name")] = button.get("value", "")
        target = urlsplit(urljoin(address, form.get("action") or address))
        yield target.path, (form.get("method") or "get").lower(), fields


def odd_paths(address, dice):
    """The address with one part of its path made odd, where that part is a variable."""
    parts = address.strip("/").split("/")
    variable = [part for part in re.split("/", (kind_of(address) or "").strip("/")) if part]
    for number, part in enumerate(variable[: len(parts)]):
        if "<" in part:
            for odd in dice.sample(PARTS, 3):
                made = [*parts[:number], odd, *parts[number + 1 :]]
                yield "/" + "/".join(made) + "/" * address.endswith("/")


def attempts(fields, dice, *, alone):
    """Yield what to send to a form: all fields odd, arrays, and so many fields odd by themselves."""
    yield {name: dice.choice(VALUES) for name in fields}
    if alone:
        lists = {name: ["a", dice.choice(VALUES)] for name in fields}
        yield lists | {f"{name}[]": ["1", "2"] for name in fields}
    for name in dice.sample(sorted(fields), min(alone, len(fields))):
        yield fields | {name: dice.choice(VALUES)}


@pytest.mark.parametrize("who", ["visitor", "superuser"])
def test_nothing_that_one_sends_is_a_500(example, make_user, told, who):
    dice = random.Random(14)
    asker = Asker(make_user("zoe", superuser=True) if who == "superuser" else None)
    pages = walk(asker)
    assert len(pages) > 150

    forms_seen = set()
    for address, page in pages.items():
        ours = not address.startswith("/beheer/")
        if who == "visitor" and not ours:
            continue  # each leads to signing in
        for odd in odd_paths(address, dice):
            asker.ask("get", odd)
        query = f"{quote(dice.choice(VALUES)[:2_000])}={quote(dice.choice(VALUES)[:2_000])}"
        asker.ask("get", f"{address}?{query}")
        asker.ask("get", address, **dice.choice(HEADERS))
        kind, body = dice.choice(BODIES)
        asker.ask("generic", "POST", address, body, content_type=kind)
        for target, method, fields in forms(address, page):
            key = kind_of(target), method, frozenset(fields)
            if key not in forms_seen:
                forms_seen.add(key)
                for attempt in attempts(fields, dice, alone=5 if ours else 0):
                    asker.ask("post" if method == "post" else "get", target, attempt)
    for headers in HEADERS:
        for address in ("/", "/zoeken/", "/account/login/", "/mijn/", "/api/v1/gebieden"):
            asker.ask("get", address, **headers)

    assert len(forms_seen) > 10
    assert told == {}
