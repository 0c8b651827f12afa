"""The calendar as an agenda to subscribe to (iCalendar, RFC 5545 and 7986) and as JSON."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from kennispunt.elections.calendar import Day, Election, Kind, elections_of, next_election, revised
from kennispunt.elections.duties import PARTY
from kennispunt.elections.templatetags.elections import hours
from kennispunt.ui.links import full_address

# Part of every UID. It names the calendar, not a host, so it stays when the site moves.
DOMAIN = "kalender.kennispunt"
EPOCH = date(2026, 1, 1)
# Nine in the morning, a week and a day before what a party must have done: an event of a whole
# day begins at midnight.
ALARMS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))


def subscribed(kind: Kind, today: date, known: Election | None = None) -> list[Election]:
    """Return the elections in a subscription: its first, last year's, and the next one.

    So a subscription to an election that is over keeps answering, with the one after it.
    """
    recent = [
        one for one in elections_of(kind) if today - timedelta(days=365) <= one.voting <= today
    ]
    found = [*filter(None, [known, *recent, next_election(kind, today)])]
    return sorted({one.year: one for one in found}.values(), key=lambda one: one.year)


def address(election: Election, day: Day | None = None) -> str:
    page = full_address("elections:election", election.slug)
    return f"{page}#{day.name}" if day else page


def agenda(title: str, elections: Iterable[Election], situation: str = "") -> bytes:
    """The days of these elections as an agenda, all of them or those of one situation.

    UIDs never change; a change of dates raises SEQUENCE and LAST-MODIFIED through `revised`.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kennispunt//Verkiezingskalender//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", "Europe/Amsterdam")
    calendar.add("refresh-interval", timedelta(hours=12), {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for election in elections:
        for day in election.days_for(situation) if situation else election.days:
            calendar.add_component(event(election, day))
    return calendar.to_ical()


def event(election: Election, day: Day) -> Event:
    changed = datetime.combine(revised(), time(), UTC)
    hour = f" ({hours(day.hour)})" if day.hour else ""
    lines = [
        f"{election.title}. Wie: {day.who}.",
        day.note,
        f"Wet: {day.article}.",
        ""
        if election.confirmed
        else "Berekend uit de wet; kijk ook op de kalender van je eigen gebied.",
    ]
    made = Event()
    made.add("uid", f"{election.slug}-{day.name}@{DOMAIN}")
    made.add("sequence", (revised() - EPOCH).days)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("dtstart", day.date)
    made.add("dtend", day.date + timedelta(days=1))
    made.add("summary", f"{election.title}: {day.what[0].lower()}{day.what[1:]}{hour}")
    made.add("description", "\n".join(filter(None, lines)))
    made.add("categories", [election.kind.name])
    made.add("url", address(election, day))
    made.add("transp", "TRANSPARENT")
    if day.who == PARTY and day.is_due:
        for before in ALARMS:
            made.add_component(alarm(before, made["summary"]))
    return made


def alarm(before: timedelta, words: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", before)
    made.add("description", words)
    return made


def as_json(election: Election, situation: str = "") -> dict:
    """One election for other programs; its days as `election_calendar --json` has them."""
    days = election.days_for(situation) if situation else election.days
    return {
        "election": election.slug,
        "title": election.title,
        "nomination": election.nomination.isoformat(),
        "voting": election.voting.isoformat(),
        "confirmed": election.confirmed,
        "source": election.source or None,
        "revised": revised().isoformat(),
        "address": address(election),
        "days": [day.as_dict() for day in days],
    }
