"""The next duties, ready for the card {% due %} of a page: the calendar's own and the home page."""

from datetime import date

from django.urls import reverse

from kennispunt.elections.calendar import Moment, due_now, upcoming
from kennispunt.elections.duties import NEW
from kennispunt.elections.templatetags.elections import days_from, kinds


def due_card(today: date, *, situation: str = NEW, then: int = 4) -> dict:
    """Return what a party must have done next, and what follows. {} when nothing is known.

    For {% due %}: title, date, left ("nog 27 dagen"), for_whom (the kinds of election),
    url, and next, a list of dicts with date, title and url.
    """
    moment = due_now(today, situation=situation)
    if moment is None:
        return {}
    days = upcoming(today, situation=situation)
    following = days[days.index(moment) + 1 :][:then]
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


def url(moment: Moment, situation: str) -> str:
    page = reverse("elections:situation", args=[moment.elections[0].slug, situation])
    return f"{page}#{moment.name}"
