"""Facts and laws in templates: {% fact "naam-max-tekens" %}, {% reference "Kieswet G 3" %}."""

from django import template
from django.utils.html import format_html, format_html_join

from kennispunt.facts import api, showing
from kennispunt.facts.models import Fact

register = template.Library()


@register.simple_tag(takes_context=True)
def fact(context, fact, *, bare=False):
    """The value of a fact, which opens its law and source: {% fact "naam-max-tekens" %}

    By its name, or the fact itself. What we do not know for sure says so: the *voorbehoud* follows,
    once on a page. With bare=True only the value, for a table that shows law and source itself.
    UnknownFact for another name.
    """
    request = context.get("request")
    found = fact if isinstance(fact, Fact) else by_name(request, fact)
    if bare:
        return found.bare
    if request is None:  # nobody knows what else is on the page
        return showing.linked(found)
    shown = showing.opening(found, laws(request), at="feit", said=api.once(request, "sheets", set))
    said = api.once(request, "said", set)
    if not found.reservation or found.name in said:
        return shown
    said.add(found.name)
    return format_html('{} <small class="fact__note">({})</small>', shown, found.reservation)


def by_name(request, name):
    book = api.once(request, "book", api.book)
    if name not in book:
        raise api.UnknownFact(f"Er is geen feit “{name}”.")
    return book[name]


def laws(request):
    return api.once(request, "laws", api.law_book)


@register.simple_tag(takes_context=True)
def reference(context, text):
    """Places in the law, as links: {% reference "BW 2 44 lid 5" %}. "" gives nothing.

    Several laws are told apart by "; ". A law that we do not have stands there as it was written.
    """
    book = laws(context.get("request")) if text else []
    parts = text.split("; ") if text else []
    return format_html_join(", ", "{}", ((api.cited(part, book),) for part in parts))
