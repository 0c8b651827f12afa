"""The cost of the calendar: one election computed (without a cache), and its agenda."""

from datetime import date
from statistics import mean

from bench.pages import cpu
from kennispunt.elections.calendar import FIRST_YEAR, KINDS, LAST_YEAR, election, has_rule, upcoming
from kennispunt.elections.feeds import agenda

EVERY = [
    (code, year)
    for code, kind in KINDS.items()
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    if has_rule(kind, year)
]


def run(size):
    """The mean and the slowest of `size` elections (all of them), what is next, and one agenda."""
    spent = [cpu(lambda which=which: election(*which), seconds=0.01) for which in EVERY[:size]]
    yield "calendar of one election", mean(spent), "ms CPU"
    yield "calendar of the slowest election", max(spent), "ms CPU"
    today = date(2026, 11, 24)
    yield "what a party meets next", cpu(lambda: upcoming(today), seconds=0.5), "ms CPU"
    provinces = [election("PS", 2027)]
    yield "agenda of one election", cpu(lambda: agenda("", provinces), seconds=0.5), "ms CPU"
