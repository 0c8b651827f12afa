"""The list of everything that waits, in parts, and by kind."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.accounts.registry import Mine
from kennispunt.ui.staff import Waiting, everything

WEEK = timedelta(days=7)


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
