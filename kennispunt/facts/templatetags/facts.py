"""Facts and laws in templates: {% fact "naam-max-tekens" %}, {% reference "Kieswet G 3" %}."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kennispunt.facts import api
from kennispunt.facts.laws import parse

register = template.Library()


@register.simple_tag(takes_context=True)
def fact(context, name, *, bare=False):
    """The value of a fact, as a link to its law and source: {% fact "naam-max-tekens" %}

    What we do not know for sure says so: the *voorbehoud* follows, once on a page. With bare=True
    only the value, for a table that shows law and source itself. UnknownFact for another name.
    """
    request = context.get("request")
    book = api.once(request, "book", api.book)
    if name not in book:
        raise api.UnknownFact(f"Er is geen feit “{name}”.")
    found = book[name]
    if bare:
        return found.bare
    link = format_html(
        '<a class="fact" href="{}">{}<span class="visually-hidden"> (bron)</span></a>',
        found.get_absolute_url(),
        found.shown,
    )
    said = api.once(request, "said", set)
    if not found.reservation or name in said:
        return link
    said.add(name)
    return format_html('{} <small class="fact__note">({})</small>', link, found.reservation)


@register.simple_tag(takes_context=True)
def reference(context, text):
    """A place in the law, as a link: {% reference "BW 2 44 lid 5" %}. "" gives nothing."""
    if not text:
        return mark_safe("")
    found = parse(text, api.once(context.get("request"), "laws", api.law_book))
    return format_html(
        '<a class="law" href="{}" title="{}">{}</a>',
        found.law.address,
        found.law.title,
        found.label,
    )
