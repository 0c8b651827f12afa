"""Counting what was asked in vain, for the editors, without a trace to a person."""

import re
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from kennispunt.search.dutch import STOP, words
from kennispunt.search.models import MissedQuery

# Somebody's name, number, address or whole story is no search term that editors need.
_UNSAFE = re.compile(r"[@\d]|https?:|www\.|\n")
_NAME = re.compile(r"\S\s+[A-Z][a-z]")
MOST_CHARACTERS = 80
MOST_WORDS = 8
MOST_PER_WEEK = 2_000  # different ones: a robot must not fill the table


def safe_words(text: str) -> str:
    """The words of a question in a form that holds nothing of a person, or "" when we keep nothing.

    Dropped as a whole: what has an e-mail address, a digit, a link, or a capital inside that may
    begin a name; and what is too long to be a search. The rest is kept in lower case, in
    alphabetical order.
    """
    if len(text) > MOST_CHARACTERS or _UNSAFE.search(text) or _NAME.search(text):
        return ""
    kept = sorted({word.plain for word in words(text)} - STOP)
    return " ".join(kept) if len(kept) <= MOST_WORDS else ""


def count_missed(text: str, *, on: date) -> None:
    """Count a question that found nothing, in the week of this day."""
    if not (kept := safe_words(text)):
        return
    week = on - timedelta(days=on.weekday())
    same = MissedQuery.objects.filter(words=kept, week=week)
    if same.update(times=F("times") + 1):
        return
    if MissedQuery.objects.filter(week=week).count() >= MOST_PER_WEEK:
        return
    try:
        with transaction.atomic():
            MissedQuery.objects.create(words=kept, week=week)
    except IntegrityError:  # someone else was first
        same.update(times=F("times") + 1)
