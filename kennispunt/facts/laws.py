"""References to the law, such as `Kieswet G 3 lid 4`, read into a law and its article."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kennispunt.ui.dutch import listed


class UnknownLaw(ValueError):
    """A reference begins with no law that we know, or names no article in a form we know."""


class Law(NamedTuple):
    """A law: how we cite it, its full title and where to read it."""

    name: str
    title: str
    address: str


class Reference(NamedTuple):
    """A place in a law. The articles are empty when the whole law is meant."""

    law: Law
    articles: tuple[str, ...]

    @property
    def label(self) -> str:
        """As a reader sees it: `Kieswet, artikel G 3 lid 4`, `Kieswet, artikelen P 7 en P 8`."""
        if not self.articles:
            return self.law.name
        word = "artikel" if len(self.articles) == 1 else "artikelen"
        return f"{self.law.name}, {word} {listed(self.articles)}"

    @property
    def link(self) -> SafeString:
        """The label, as a link to where the law can be read."""
        return format_html(
            '<a class="law" href="{}" title="{}">{}</a>',
            self.law.address,
            self.law.title,
            self._short_on_a_phone,
        )

    @property
    def _short_on_a_phone(self) -> SafeString | str:
        """The label; "Kieswet G 3" is clear without the word, "BW 2 36" is not (law.css)."""
        if not self.articles or not all(one[0].isalpha() for one in self.articles):
            return self.label
        word, places = self.label.removeprefix(self.law.name).lstrip(", ").split(" ", 1)
        return format_html('{}<span class="law__word">, {}</span> {}', self.law.name, word, places)


# G 3 · G 2a · Ya 13 · 36a · 2:308 · 3.6 · 44, and then: lid 4 · lid 2 c · onder c
ARTICLE = re.compile(r"([A-Z][a-z]? )?\d+[a-z]*([:.]\d+[a-z]*)?( (lid|onder|sub) \w+( \w)?)*")


def parse(text: str, laws: Iterable[Law]) -> Reference:
    """The reference that this text is; UnknownLaw otherwise.

    The longest name of a law comes first: `BW 2 44` is article 44 of Book 2, not of a law "BW".
    """
    text = " ".join(text.split())
    for law in sorted(laws, key=lambda law: len(law.name), reverse=True):
        if text == law.name or text.startswith(law.name + " "):
            articles = tuple(filter(None, text[len(law.name) :].strip().split(", ")))
            if wrong := [part for part in articles if not ARTICLE.fullmatch(part)]:
                raise UnknownLaw(f"“{wrong[0]}” is geen artikel van de {law.name}.")
            return Reference(law, articles)
    raise UnknownLaw(f"De wet in “{text}” kennen we niet.")
