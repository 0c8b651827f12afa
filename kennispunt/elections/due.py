"""The next duties, ready for the card {% due %} of a page: the calendar's own and the home page."""

from datetime import date

from django.urls import reverse

from kennispunt.elections import explained
from kennispunt.elections.calendar import Moment, coming, due_now, next_election, upcoming
from kennispunt.elections.duties import NEW, PARTY
from kennispunt.elections.templatetags.elections import days_from, kinds


def due_card(today: date, *, situation: str = NEW, then: int = 3) -> dict:
    """Return what a party must have done next, and what follows. {} when nothing is known.

    For {% due %}: title, date, left ("nog 27 dagen"), for_whom (the kinds of election),
    url, and next, a list of dicts with date, title and url.
    """
    moment = due_now(today, situation=situation)
    if moment is None:
        return {}
    days = upcoming(today, situation=situation)
    by_date: dict[date, Moment] = {}
    for one in days:
        if one.date > moment.date and (one.day.who == PARTY or one.date not in by_date):
            by_date[one.date] = one  # each date once, with what the party itself must do
    following = list(by_date.values())[:then]
    return {
        "moment": moment,
        "title": moment.title,
        "date": moment.date,
        "left": days_from(moment.date, today),
        "for_whom": kinds(moment.elections),
        "url": url(moment, situation),
        "next": [
            {"date": one.date, "title": one.title, "url": url(one, situation)} for one in following
        ],
    }


def gemeente_alone(today: date) -> dict:
    """Return when a gemeente votes, and the year plan, while other elections come first.

    {} when the gemeenten vote first.
    """
    own, first = next_election("GR", today), coming(today)[0]
    if first.kind.code in ("GR", "HERINDELING"):
        return {}
    return {"voting": own.voting, "plan": explained.addresses().get(explained.YEAR_PLAN, "")}


def url(moment: Moment, situation: str) -> str:
    page = reverse("elections:situation", args=[moment.elections[0].slug, situation])
    return f"{page}#{moment.name}"
