"""A fact as a visitor sees it: the value, and on the spot where we have it from."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kennispunt.facts import api
from kennispunt.facts.models import Fact
from kennispunt.ui.dutch import date_in_words
from kennispunt.ui.spot import sheet, spot


def linked(fact: Fact) -> SafeString:
    """The value, as a link to its place among all facts: for where nothing can open."""
    return format_html(
        '<a class="fact" href="{}">{}</a>', fact.get_absolute_url(), with_word(fact.shown)
    )


def opening(fact: Fact, laws: list, *, at: str, said: set[str]) -> SafeString:
    """The value, which opens its source. `at` begins the id of the sheet; `said` are those that
    are on the page already, so that every fact has one sheet however often it stands there."""
    sheet_id = f"{at}-{fact.name}"
    button = spot(sheet_id, with_word(fact.shown), kind="fact")
    if sheet_id in said:
        return button
    said.add(sheet_id)
    return button + sheet(sheet_id, fact.what, source(fact, laws))


def with_word(shown):
    return format_html('{}<span class="visually-hidden"> (bron)</span>', shown)


def source(fact: Fact, laws: list) -> SafeString:
    """The law or source of a fact, when we checked it, and what we are not sure of."""
    site = fact.source_site
    origin = format_html('<a href="{}">{}</a>', fact.source, site) if site else fact.source
    checked = fact.checked_on
    lines = [
        api.cited(fact.law, laws) if fact.law else "",
        origin,
        f"Nagekeken op {date_in_words(checked)}" if checked else "Nog niet nagekeken",
        fact.reservation,
        format_html('<a href="{}">Alle feiten en bedragen</a>', fact.get_absolute_url()),
    ]
    return format_html_join(" ", "<small>{}</small>", ((line,) for line in lines if line))
