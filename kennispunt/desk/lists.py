"""One list of everything that waits, in the order in which it must be done."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.accounts.registry import Mine
from kennispunt.ui.discovery import modules
from kennispunt.ui.waiting import Waiting

WEEK = timedelta(days=7)


def everything(user) -> list[Waiting]:
    """What waits for this person in every app: what must be first comes first, then the oldest."""
    found = [one for module in modules("desk") for one in module.waiting(user)]
    return sorted(found, key=lambda one: (one.due or date.max, one.since))


def kinds(waiting) -> list[tuple[str, int]]:
    """The kinds that are there, by name, and how much of each."""
    counts = Counter()
    for one in waiting:
        counts[one.kind] += one.count
    return sorted(counts.items())


def by_time(waiting, today: date) -> list[tuple[str, list[Waiting]]]:
    """The list in parts: too late, today, this week, later."""
    parts = groupby(waiting, key=lambda one: part_of(one, today))
    return [(title, list(ones)) for title, ones in parts]


def part_of(one: Waiting, today: date) -> str:
    if one.due is None or one.due > today + WEEK:
        return "Later"
    if one.due < today:
        return "Te laat"
    return "Vandaag" if one.due == today else "Deze week"


def line_of_staff(request):
    """The way from /mijn/ to the desk, for who has one."""
    if is_staff(request.user):
        number = sum(one.count for one in everything(request.user))
        text = f"Er wacht nu: {number}." if number else "Er wacht niets."
        yield Mine("Balie", reverse("desk:desk"), text, waits=bool(number))
