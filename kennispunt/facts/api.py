"""Reading facts: what other apps and texts use. Nothing here changes anything.

One query reads all facts of a day. Nothing is remembered longer than a request, so a change
shows at once in every process.
"""

from datetime import date

from django.utils.timezone import localdate

from kennispunt.facts.laws import Reference, UnknownLaw, parse
from kennispunt.facts.models import Fact, Law


class UnknownFact(LookupError):
    """There is no fact of this name on this day."""


def book(on: date | None = None) -> dict[str, Fact]:
    """Every fact that holds on this day (today), by name. One query."""
    # Later versions come later, so they win.
    facts = Fact.objects.valid_on(on or localdate()).defer("loaded")
    return {fact.name: fact for fact in facts}


def get(name: str, on: date | None = None) -> Fact:
    """The fact of this name that holds on this day (today); UnknownFact when there is none.

    One query each: who needs several takes the `book`.
    """
    fact = Fact.objects.valid_on(on or localdate()).filter(name=name).last()
    if fact is None:
        raise UnknownFact(f"Er is geen feit “{name}”.")
    return fact


def law_reference(text: str) -> Reference:
    """The law and article in a text such as `BW 2 44 lid 5`; UnknownLaw otherwise. One query."""
    return parse(text, law_book())


def law_book() -> list:
    """Every law we know, to give to `laws.parse`. One query."""
    return [law.reference for law in Law.objects.all()]


def cited(text: str, laws: list) -> str:
    """A place in the law as a link; plain text while we do not have that law."""
    try:
        return parse(text, laws).link
    except UnknownLaw:
        return text


def once(request, key, make):
    """The answer of make(), asked once for each request. Without a request: asked now."""
    if request is None:
        return make()
    kept = request.__dict__.setdefault("_facts", {})
    if key not in kept:
        kept[key] = make()
    return kept[key]
