"""Look at every link to elsewhere that we show, and keep what a steward must know.

May be stopped at any moment and started again: each address is claimed by an UPDATE of the moment
it is due, and what came of it is kept at once. One request at a time goes to a host.
"""

import hashlib
import re
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz

from kennispunt.pages import links
from kennispunt.pages.models import CheckedLink
from kennispunt.pages.outside import SILENT, Network, NotSeen, Seen, see

AT_ONCE = 8
PAUSE = 1.0  # seconds between two requests to one host
AFTER_FAILURE = timedelta(hours=23)  # tomorrow, also when the clock comes a little early
CLAIM = timedelta(minutes=10)  # longer than one address can take
SAME_TITLE = 55  # of 100; under it, it is another title
FEW = 5  # so many hosts that are all silent: it is our own connection

TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
LANGUAGE = re.compile(r"<html[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
FOR_SALE = re.compile(
    r"(?:domain|domein(?:naam)?)\s+(?:name\s+)?(?:is|may be|staat|mogelijk)\s+(?:\w+\s+)?"
    r"(?:for sale|te koop)|buy this domain|koop dit domein|domain parking|parked domain|"
    r"geparkeerd(?:e)? domein|sedoparking|parkingcrew|hugedomains|this domain has expired|"
    r"domein is verlopen",
    re.IGNORECASE,
)


# --- Which addresses ------------------------------------------------------------------------------


@transaction.atomic
def sync() -> int:
    """Keep one row for each address that we show, with the texts that show it."""
    places: dict[str, list] = {}
    for link in links.shown():
        place = {"title": link.title, "page": link.page, "steward": link.steward}
        found = places.setdefault(link.address, [])
        if place not in found:
            found.append(place)
    longest = CheckedLink._meta.get_field("address").max_length
    places = {address: found for address, found in places.items() if len(address) <= longest}
    there = {link.address: link for link in CheckedLink.objects.all()}
    CheckedLink.objects.filter(pk__in=[there[a].pk for a in set(there) - set(places)]).delete()
    now = timezone.now()
    CheckedLink.objects.bulk_create(
        [
            CheckedLink(address=address, places=found, due_at=now)
            for address, found in places.items()
            if address not in there
        ],
        ignore_conflicts=True,  # another process may be doing the same
    )
    changed = [there[a] for a in places if a in there and there[a].places != places[a]]
    for link in changed:
        link.places = places[link.address]
    CheckedLink.objects.bulk_update(changed, ["places"], batch_size=200)
    return len(places)


# --- What we saw ----------------------------------------------------------------------------------


def title_of(html: str) -> str:
    match = TITLE.search(html)
    return " ".join(unescape(match[1]).split())[:300] if match else ""


def language_of(html: str) -> str:
    match = LANGUAGE.search(html)
    return match[1].lower() if match else ""


def change_of(link: CheckedLink, seen: Seen, title: str, language: str) -> str:
    """Return how it differs from what the steward knows; the gravest, when there is more."""
    Change = CheckedLink.Change
    before, after = urlsplit(link.address), urlsplit(seen.address)
    if FOR_SALE.search(seen.html):
        return Change.FOR_SALE
    if link.title and title and fuzz.token_set_ratio(link.title, title) < SAME_TITLE:
        return Change.TITLE
    if link.language and language and link.language != language:
        return Change.LANGUAGE
    if before.path.strip("/") and not after.path.strip("/"):
        return Change.FRONT_PAGE
    return Change.MOVED if seen.moved else ""


def mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def keep(link: CheckedLink, **fields) -> None:
    """Only these fields, and nothing when the row is gone: no text shows the link any more."""
    for name, value in fields.items():
        setattr(link, name, value)
    CheckedLink.objects.filter(pk=link.pk).update(**fields)


def keep_seen(link: CheckedLink, seen: Seen, now: datetime) -> None:
    title, language = title_of(seen.html), language_of(seen.html)
    change = change_of(link, seen, title, language)
    if link.accepted == mark(change, seen.address, title, language):
        change = ""
    # Only the first time: later only a steward says that another title is right.
    known = (link.title, link.language) if link.title else (title, language)
    keep(
        link,
        title=known[0],
        language=known[1],
        found_address=seen.address[:2000],
        found_title=title,
        found_language=language,
        change=change,
        problem_since=link.problem_since if change and change == link.change else now,
        failure="",
        failed_days=0,
        failed_on=None,
        status=seen.status,
        checked_at=now,
        due_at=now + CheckedLink.AGAIN,
    )


def keep_failure(link: CheckedLink, problem: NotSeen, now: datetime) -> None:
    today = timezone.localdate(now)
    days = link.failed_days + (link.failed_on != today)
    keep(
        link,
        failure=problem.failure,
        status=problem.status,
        change="",
        failed_days=days,
        failed_on=today,
        problem_since=now if days == 1 else link.problem_since,
        checked_at=now,
        due_at=now + AFTER_FAILURE,
    )


def accept(link: CheckedLink) -> None:
    """The steward looked: what is there now is right."""
    keep(
        link,
        accepted=mark(link.change, link.found_address, link.found_title, link.found_language),
        title=link.found_title,
        language=link.found_language,
        change="",
    )


def ask_again(link: CheckedLink) -> None:
    """Look at it in the next run."""
    keep(link, due_at=timezone.now())


def everything_is_due() -> None:
    CheckedLink.objects.update(due_at=timezone.now())


# --- A run ----------------------------------------------------------------------------------------


@dataclass
class Run:
    """The outcome of one run."""

    seen: int = 0
    failed: int = 0
    left: int = 0  # due, but time was up
    silent: list = field(default_factory=list)  # failures that we do not believe yet
    answered: bool = False

    @property
    def offline(self) -> bool:
        """Several hosts and not one of them answers: it is our own connection."""
        return not self.answered and len({host(link) for link, _ in self.silent}) >= FEW

    def take(self, link: CheckedLink, outcome, now: datetime) -> None:
        if isinstance(outcome, NotSeen):
            self.failed += 1
            if outcome.failure in SILENT and not self.answered:
                self.silent.append((link, outcome))
                return
            keep_failure(link, outcome, now)
            # An address that is wrong says nothing about our connection.
            self.answered |= outcome.status is not None
        else:
            self.seen += 1
            self.answered = True
            keep_seen(link, outcome, now)
        if self.answered:
            self.believe(now)

    def believe(self, now: datetime) -> None:
        while self.silent:
            keep_failure(*self.silent.pop(), now)


def host(link: CheckedLink) -> str:
    try:
        return urlsplit(link.address).hostname or ""
    except ValueError:
        return ""


def look(address: str, network: Network) -> Seen | NotSeen:
    try:
        return see(address, network)
    except NotSeen as problem:
        return problem


def claim(link: CheckedLink, now: datetime) -> bool:
    """Whether this process may look at it: it was due, and is not any more."""
    due = CheckedLink.objects.due(now).filter(pk=link.pk)
    return bool(due.update(due_at=now + CLAIM))


def run(
    network: Network | None = None,
    *,
    seconds: float | None = None,
    pause: float = PAUSE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Run:
    """Look at what is due, the longest due first, until all is done or the seconds are over."""
    network, result, started = network or Network(), Run(), time.monotonic()
    sync()
    todo = deque(CheckedLink.objects.due(timezone.now()).order_by("due_at", "pk"))
    total, busy, free_at = len(todo), {}, {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while todo or busy:
            if seconds is not None and time.monotonic() - started > seconds:
                result.left, todo = result.left + len(todo), deque()
            while len(busy) < AT_ONCE and (link := next_of(todo, busy.values(), free_at)):
                if claim(link, timezone.now()):
                    busy[pool.submit(look, link.address, network)] = link
            for future in wait(busy, timeout=0.1, return_when=FIRST_COMPLETED).done:
                link = busy.pop(future)
                free_at[host(link)] = time.monotonic() + pause
                result.take(link, future.result(), timezone.now())
                progress(result.seen + result.failed, total)
            if not busy and todo:
                time.sleep(min(pause, 0.05))
    if not result.offline:
        result.believe(timezone.now())
    return result


def next_of(todo, busy, free_at):
    """The first link whose host is not busy and had its pause; it leaves the list."""
    hosts, now = {host(link) for link in busy}, time.monotonic()
    for index, link in enumerate(todo):
        if host(link) not in hosts and free_at.get(host(link), 0) <= now:
            del todo[index]
            return link
    return None
