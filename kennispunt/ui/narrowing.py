"""Lists with choices that narrow: the rows that the address asks for, the fields of the form and
the pages, from one description of each choice.

    WHERE = Choice("waar", "Waar", {"online": "Online"}.items(), by_place, nothing="Overal")

    listing = Listing(request, Edition.objects.open(), [WHERE])
    listing.choices      # {% include "ui/choices.html" with choices=listing.choices %}
    listing.page         # {% pager listing.page %}
    listing.is_narrowed  # whether to say that there is more

A word that is no choice narrows nothing, unless the choice says otherwise. All this lies on the
ground: visitors narrow lists too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from kennispunt.ui.cleaning import sought


@dataclass(frozen=True)
class Choice:
    """A list to choose one thing from: its name in the address, its label, pairs of word and text,
    `narrow(rows, word)`, and the text of choosing nothing.

    `also_gone`: a word that is no choice (any more) narrows too, to what is left of it: nothing.
    """

    name: str
    label: str
    options: Iterable[tuple[str, str]]
    narrow: Callable[[Any, str], Any]
    nothing: str = "Alle"
    also_gone: bool = False
    chosen: str = ""

    def read(self, request: HttpRequest) -> "Choice":
        """This choice, with what the address chose."""
        options = [(str(word), text) for word, text in self.options]
        word = request.GET.get(self.name, "")
        known = self.also_gone or word in dict(options)
        return replace(self, options=options, chosen=word if known else "")


class Listing:
    """Rows (or any list) narrowed to what the address asks, fifty on a page."""

    def __init__(self, request, rows, choices: Iterable[Choice] = (), *, at_once: int = 50):
        self._request, self._at_once = request, at_once
        self.choices = [choice.read(request) for choice in choices]
        for choice in self.choices:
            rows = choice.narrow(rows, choice.chosen) if choice.chosen else rows
        self.rows = rows

    @property
    def is_narrowed(self) -> bool:
        return any(choice.chosen for choice in self.choices)

    @cached_property
    def page(self) -> Page:
        return page_of(self._request, self.rows, at_once=self._at_once)


def page_of(request: HttpRequest, rows: Any, *, at_once: int = 50) -> Page:
    """The page that the address asks for; the first or the last when it is not there."""
    return Paginator(rows, at_once).get_page(request.GET.get("page"))


def words_of(request: HttpRequest) -> str:
    """Return the words that were searched for."""
    return sought(request.GET.get("q", ""))
