"""Difficult words, explained where a text first uses one: press the word, and its meaning opens.

An app registers the words it can explain: `register(all_terms)`. How they open: ui/spot.py.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import NamedTuple

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kennispunt.ui.spot import sheet, spot

HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>')
ENDINGS = "(?:en|n|s)?"


class Word(NamedTuple):
    """Something we explain: its name, an abbreviation perhaps, and the address of the full text."""

    slug: str
    name: str
    abbreviation: str
    meaning: str  # Markdown
    address: str

    @property
    def patterns(self):
        name = re.escape(self.name)
        # A name in capitals is one; ANBI is not the beginning of "anbieden".
        yield name if self.name.isupper() else f"(?i:{name}){ENDINGS}"
        if self.abbreviation:
            yield re.escape(self.abbreviation)


_sources: list[Callable[[], Iterable[Word]]] = []


def register(source: Callable[[], Iterable[Word]]) -> None:
    """Let texts explain these words."""
    _sources.append(source)


class Words:
    """Every word that we explain, looked for in one go."""

    def __init__(self):
        found = [
            (pattern, word) for source in _sources for word in source() for pattern in word.patterns
        ]
        found.sort(key=lambda pair: len(pair[0]), reverse=True)  # the longest first
        self.words = [word for _, word in found]
        one_of = "|".join(f"({pattern})" for pattern, _ in found)
        # Nothing to explain: a pattern that never matches.
        self.pattern = re.compile(rf"(?<![\w-])(?:{one_of})(?![\w-])" if found else r"(?!)")

    def said_in(self, text: str) -> set[str]:
        """The words in a title: the text below it explains them itself."""
        return {self.words[match.lastindex - 1].slug for match in self.pattern.finditer(text)}

    def explain(self, text: str, said: set[str], meaning: Callable[[str], str]) -> SafeString:
        """The text as HTML; what is not yet in `said` is explained and added to it."""
        html, end = [], 0
        for match in self.pattern.finditer(text):
            word = self.words[match.lastindex - 1]
            if word.slug not in said:
                said.add(word.slug)
                html += [escape(text[end : match.start()]), one(word, match[0], meaning)]
                end = match.end()
        return mark_safe("".join([*html, escape(text[end:])]))  # noqa: S308 - all escaped


def one(word, as_written, meaning):
    short = f" ({word.abbreviation})" if word.abbreviation else ""
    name = f"begrip-{word.slug}"
    content = format_html(
        '{} <a href="{}">Alle begrippen</a>', bare(meaning(word.meaning)), word.address
    )
    title = word.name[:1].upper() + word.name[1:] + short
    return spot(name, as_written) + sheet(name, title, content)


def bare(html: str) -> str:
    """The words of rendered HTML, one space apart: it stands within a paragraph."""
    return " ".join(unescape(nh3.clean(HIDDEN.sub("", html), tags=set())).split())
