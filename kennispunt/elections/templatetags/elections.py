"""Tags for the pages of the calendar: {% load elections %}"""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from kennispunt.elections import bureaus
from kennispunt.elections.duties import PARTY, SEATED
from kennispunt.facts.templatetags.facts import fact as shown
from kennispunt.ui.dutch import listed

register = template.Library()
register.filter("site", bureaus.site)

UNKNOWN = "niet bekend"


@register.filter
def hours(hour):
    """ "09:00-17:00" as "van 9.00 tot 17.00 uur", "16:00" as "om 16.00 uur"."""
    if not hour:
        return ""
    begin, *end = [part.lstrip("0").replace(":", ".") for part in hour.split("-")]
    return f"van {begin} tot {end[0]} uur" if end else f"om {begin} uur"


@register.filter
def by_when(day):
    """The last moment for this day: "Uiterlijk maandag 2 februari 2026, om 17.00 uur"."""
    date = date_format(day.date, "l j F Y")
    said = date if day.bound == "op" else f"{day.bound} {date}"
    return capfirst(", ".join(filter(None, [said, hours(day.hour)])))


@register.filter
def at_what_time(day):
    """Return the hour alone, for beside a date: "Van 9.00 tot 17.00 uur"."""
    return capfirst(hours(day.hour))


@register.filter
def of(things, name):
    """Return what a dict has under this name, or nothing."""
    return things.get(name, "")


@register.filter
def days_from(day, today):
    """Say how far a day is: "over 3 jaar", "nog 27 dagen", "morgen", "vandaag", "voorbij"."""
    days = (day - today).days
    if days < 0:
        return "voorbij"
    if days > 365:
        return f"over {days // 365} jaar"
    return {0: "vandaag", 1: "morgen"}.get(days, f"nog {days} dagen")


@register.filter
def state(day, next_day):
    """Place a day on the timeline: past, next, now (when it is today) or still to come."""
    if next_day is None or day.date < next_day.date:
        return "past"
    return "next" if day == next_day else ""


@register.filter
def certainty(word):
    """Say what a reader should think of a date that is not certain."""
    return {
        "middel": "Niet helemaal zeker: vraag het na bij het centraal stembureau.",
        "laag": "Nog onzeker: deze dag kan veranderen.",
    }[word]


@register.filter
def kinds(elections):
    """The kinds of these elections in a sentence: "Provinciale staten en waterschap"."""
    said = listed(one.kind.name.lower() for one in elections)
    return said[0].upper() + said[1:]


@register.filter
def day(election, name):
    """One day of an election by its name: {{ election|day:"registratie" }}"""
    return election.day(name)


@register.simple_tag(takes_context=True)
def next_due(context, election, situation):
    """Return what a party must do next, or None: {% next_due election "nieuw" %}"""
    own = (day for day in election.days_for(situation) if day.who == PARTY and day.is_due)
    return next((day for day in own if day.date >= context["today"]), None)


@register.filter
def urgency(day, today):
    """The dot of a status: yellow when it is within a month."""
    return "now" if (day - today).days <= 31 else "open"


@register.filter
def ended(area, today):
    """Whether this area is no more."""
    return area.valid_to is not None and area.valid_to <= today


@register.filter
def asks_of_all(election, situation):
    """Whether this election asks a name, a deposit and signatures of a party in this situation."""
    return situation.slug != SEATED or not election.seats_count


@register.simple_tag(takes_context=True)
def value(context, fact):
    """A fact as on every page, or that we do not know it: {% value costs.name_deposit %}"""
    return shown(context, fact) if fact else UNKNOWN


@register.simple_tag(takes_context=True)
def support(context, costs, kind):
    """Say how many declarations a list needs: {% support costs election.kind %}

    Where it depends on the size of the council: each number and from how many seats.
    """
    if costs.support or not costs.by_seats:
        said = value(context, costs.support)
    else:
        said = format_html_join(", ", "{} {}", (
            (shown(context, number), from_seats(context, seats)) for seats, number in costs.by_seats
        ))  # fmt: skip
    return format_html("{} per kieskring", said) if kind.code == "PS" else said


def from_seats(context, seats):
    return format_html("vanaf {}", shown(context, seats)) if seats else "in een kleine raad"
