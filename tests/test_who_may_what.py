"""Every address, as every kind of person, against one written table of rights.

`who_may_what.csv` says for each address and each kind of person (tests/filled_site.py) what GET and
POST give: a status, or "login" (asked to sign in), "2fa" (asked for a second factor). A new address
without a line fails: think who it is for, then write the line that the test shows.
`who_reads_whom.csv` says whose name, mail address and own words a reader may come across at all.
In docs/who-may-what.md the same is told in words.
"""

import csv
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from kennispunt.ui import paper
from tests.filled_site import KINDS, fill

HERE = Path(__file__).parent
BACK_OFFICE = "beheer/"
MARK = re.compile(r"Merk(\w+)|(\w+)@merk\.example|Geheim(\w+)")
# Written by whoever is signed in, whatever they read.
OWN = {"django_session", "usersessions_usersession"}
WRITES = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"', re.I)


def table(name) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


TABLE = table("who_may_what.csv")
READERS = {row["reader"]: row for row in table("who_reads_whom.csv")}


@pytest.fixture
def site(starter, settings, tmp_path, monkeypatch):
    settings.ERASURES_FILE = tmp_path / "erasures"
    monkeypatch.setattr(paper, "compiled", compiled_once)
    return fill()


def compiled_once(layout, said, *, files=None, timestamp=None, compiled=paper.compiled, papers={}):  # noqa: B006 - kept on purpose
    """The same paper is made once, and not again for each kind of person."""
    key = repr((layout, said, files))
    if key not in papers:
        papers[key] = compiled(layout, said, files=files, timestamp=timestamp)
    return papers[key]


class Visit:
    """One kind of person on the site. What a request changes is undone after it."""

    def __init__(self, site, kind):
        self.site, self.client = site, Client(raise_request_exception=False)
        self.wrote, self.read = set(), set()
        if user := site.people[kind]:
            self.client.force_login(user)
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}

    def ask(self, method, address) -> str:
        """Return the answer in the words of the table. Fills `wrote` and `read`."""
        if method == "post":
            cache.clear()  # nobody has asked too often
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        self.wrote.clear()
        with transaction.atomic(), connection.execute_wrapper(self.note):
            answer = getattr(self.client, method)(address)
            self.see(answer)
            transaction.set_rollback(True)
        to = self.to = answer.get("Location", "")
        if answer.status_code == 302 and to.startswith("/account/login/"):
            return "login"
        if answer.status_code == 302 and to == "/account/2fa/":
            return "2fa"
        return str(answer.status_code)

    def come_in(self, method, address) -> str:
        """The same of the back office: "in", "no", "login" or "2fa".

        Views of Wagtail fall over a form that is wholly empty: that they came so far is "in".
        """
        answer = self.last = self.ask(method, address)
        if answer in {"login", "2fa"}:
            return answer
        if answer.startswith("5") and method == "get":
            return f"error {answer}"
        refused = answer == "403" or (answer == "302" and self.to == "/beheer/")
        return "no" if refused else "in"

    def note(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.wrote.add(found.group(1))
        return execute(sql, params, many, context)

    def see(self, answer):
        if answer.streaming or "text" not in answer["Content-Type"]:
            return
        for name, mail, words in MARK.findall(answer.text):
            self.read.add(
                (name or mail or words).lower() + (":nms"[1 if name else 2 if mail else 3])
            )


def patterns(found=None, route=""):
    """Every address of the site, as the patterns say it."""
    for pattern in get_resolver().url_patterns if found is None else found:
        part = str(pattern.pattern)
        here = route + (part.removeprefix("^") if route else part)  # as resolve() says it
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from patterns(pattern.url_patterns, here)


def test_every_address_has_a_line(site):
    have = {resolve(f"/{filled(row['address'], site)}").route for row in TABLE}
    ours = {route for route in patterns() if not route.startswith(BACK_OFFICE)}

    assert sorted(ours - have) == []


def filled(address, site) -> str:
    """The address of a line, with what stands on the site between its braces."""
    things = {name: getattr(thing, "pk", thing) for name, thing in site.things.items()}
    return address.format(**things).lstrip("/")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.thorough
def test_everyone_may_what_the_table_says(site, kind):
    visit, wrong, changed = Visit(site, kind), [], []
    for row in TABLE:
        address = f"/{filled(row['address'], site)}"
        got = [visit.ask("get", address)]
        if more := visit.wrote - OWN - set(row["writes"].split()):
            changed.append(f"{row['address']}: {more}")
        got.append(visit.ask("post", address))
        if " ".join(got) != row[kind]:
            wrong.append(f"{row['address']}: {row[kind]} in the table, now {' '.join(got)}")

    assert wrong == []
    assert changed == []
    assert sorted(visit.read - may_read(kind)) == []


def may_read(kind) -> set[str]:
    """Return whose name (n), mail address (m) or own words (s) this reader may come across."""
    row = READERS[kind]
    return {f"{of}{what}" for of, letters in row.items() if of != "reader" for what in letters}


# --- The back office: by the beginning of an address, but every address is asked ------------------

# Who does not come in is stopped before any page (accounts/middleware.py): a few stand for all.
BACK_OFFICE_KINDS = [
    "visitor", "member", "trainer", "editor0", "superuser0", "editor", "moderator", "leader",
    "superuser",
]  # fmt: skip
SENDS = {"editor", "moderator", "leader"}  # they also send every form
BACK_OFFICE_TABLE = {row["begins with"]: row for row in table("who_may_what_beheer.csv")}


def back_office_addresses(site) -> list[str]:
    """Each address of Wagtail and of ours below /beheer/, with something that is there."""
    routes = {route for route in patterns() if route.startswith(BACK_OFFICE)}
    return sorted({address for route in routes if (address := made(route, site)) is not None})


def made(route, site) -> str | None:
    """A route with its variable parts filled in; None for what no address can be made of."""
    pk = {"users": site.people["member"].pk, "groups": 1, "pages": site.things["page"].pk}
    known = pk.get(route.removeprefix(BACK_OFFICE).split("/")[0].split("-")[0], 1)
    known = site.snippet_pks.get("/".join(route.split("/")[2:4]), known)
    route = re.sub(
        r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|<int:\w+>|<str:\w+>", f"{known}", route
    )
    route = re.sub(r"<(?:slug|path):\w+>|<\w+>", "x", route)
    route = re.sub(r"[\^$?\\]|\(\[[^)]*\)", "", route).replace("(.*)", "x").replace(".*", "x")
    return None if set(route) & set("()<>[]*+") else f"/{route}"


def line_of(address) -> str:
    """The line of the table that this address falls under: the longest beginning."""
    return max(
        (begin for begin in BACK_OFFICE_TABLE if address.startswith(begin)), key=len, default=""
    )


@pytest.mark.parametrize("kind", BACK_OFFICE_KINDS)
@pytest.mark.thorough
def test_everyone_comes_in_the_back_office_where_the_table_says(site, kind):
    visit, wrong, changed = Visit(site, kind), [], []
    for address in back_office_addresses(site):
        row = BACK_OFFICE_TABLE.get(line_of(address), {})
        got = visit.come_in("get", address)
        if more := visit.wrote - OWN - set(row.get("writes", "").split()):
            changed.append(f"{address}: {more}")
        answers = [got, visit.come_in("post", address)] if kind in SENDS else [got]
        for answer in answers:
            if answer not in row.get(kind, "").split("|"):
                wrong.append(f"{address}: {row.get(kind)} in the table, now {answer}")

    assert wrong == []
    assert changed == []
    assert sorted(visit.read - may_read(kind)) == []
