"""Counting what was asked in vain, for the editors, without a trace to a person."""

import re
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from kennispunt.limits.counting import DAY, take
from kennispunt.search.dutch import STOP, Dutch, stem, words
from kennispunt.search.models import MissedQuery, SearchTerm

# Somebody's name, number, address or whole story is no search term that editors need.
_UNSAFE = re.compile(r"[@\d]|https?:|www\.|\n")
_NAME = re.compile(r"\S\s+[A-Z][a-z]")
MOST_CHARACTERS = 80
MOST_WORDS = 8
MOST_PER_WEEK = 2_000  # different ones: a robot must not fill the table
# From so many places before words are stored that stand in no text of ours: one may be a name.
FEWEST_PLACES = 3
WEEK = 7 * DAY


def safe_words(text: str) -> str:
    """The words of a question that hold nothing of a person as far as we see, or "".

    Dropped as a whole: what has an e-mail address, a digit, a link, or a capital inside that may
    begin a name; and what is too long to be a search. The rest is stored in lower case, in
    alphabetical order.
    """
    if len(text) > MOST_CHARACTERS or _UNSAFE.search(text) or _NAME.search(text):
        return ""
    safe = sorted({word.plain for word in words(text)} - STOP)
    return " ".join(safe) if len(safe) <= MOST_WORDS else ""


def count_missed(text: str, *, on: date, place: str) -> None:
    """Count a question that found nothing, in the week of this day.

    A name in lower case looks as any word. So words that stand in no text of ours are only stored
    when they are asked from several places: who looks somebody up is mostly the only one.
    """
    asked = safe_words(text)
    if not asked or not (_is_ours(asked.split()) or _several_ask(asked, place)):
        return
    week = on - timedelta(days=on.weekday())
    same = MissedQuery.objects.filter(words=asked, week=week)
    if same.update(times=F("times") + 1):
        return
    if MissedQuery.objects.filter(week=week).count() >= MOST_PER_WEEK:
        return
    try:
        with transaction.atomic():
            MissedQuery.objects.create(words=asked, week=week)
    except IntegrityError:  # someone else was first
        same.update(times=F("times") + 1)


def _is_ours(asked: list[str]) -> bool:
    """Whether each word stands in our texts, as more than a name, or is made of such words."""
    terms = SearchTerm.objects.in_bulk([stem(word) for word in asked])
    ours, dutch = {token for token, term in terms.items() if term.in_texts > 0}, Dutch()
    return all(stem(word) in ours or dutch.leaves(word) for word in asked)


def _several_ask(asked: str, place: str) -> bool:
    """Count this place once; whether it is the third, or a later one, this week."""
    if not take("missed from", f"{asked} {place}", at_most=1, seconds=WEEK):
        return False
    return not take("missed", asked, at_most=FEWEST_PLACES - 1, seconds=WEEK)
