"""Entries of the elections in the search: the days of every coming one, the page of every area."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from kennispunt.elections.area_elections import KINDS_OF
from kennispunt.elections.bureaus import bureaus
from kennispunt.elections.calendar import Election, coming, next_election
from kennispunt.elections.models import Area
from kennispunt.elections.templatetags.elections import hours
from kennispunt.search.index import Entry, Passage
from kennispunt.ui.dutch import date_in_words

CALENDAR, AREA = "kalender", "gebied"


def calendars(keys=None):
    """The overview, and the next election of each kind. A past one goes by the daily rebuild."""
    elections = coming(localdate())
    entries = [overview(elections), *map(calendar, elections)]
    yield from (entry for entry in entries if keys is None or entry.key in keys)


def overview(elections: list[Election]) -> Entry:
    days = ", ".join(f"{one.kind.name.lower()} op {written(one.voting)}" for one in elections)
    return Entry(
        key="overzicht",
        title="Kalender: wanneer zijn de verkiezingen?",
        url=reverse("elections:overview"),
        lead=f"De eerstvolgende verkiezingen: {days}.",
    )


def calendar(election: Election) -> Entry:
    """One election; each of its days is found, and opened, by itself."""
    return Entry(
        key=election.slug,
        title=f"Kalender {election.title.lower()}",
        url=reverse("elections:election", args=[election.slug]),
        lead=f"Verkiezing van {election.kind.body}: alle dagen en wat je inlevert. "
        f"Kandidaatstelling op {written(election.nomination)}, "
        f"stemmen op {written(election.voting)}.",
        passages=[
            Passage(
                f"Wanneer is de verkiezing van {election.kind.body}?",
                f"Op {written(election.voting)}.",
            ),
            *(
                Passage(
                    day.what, " ".join(filter(None, [written(day.date), hours(day.hour)])), day.name
                )
                for day in election.days
            ),
        ],
        note=f"Stemmen op {written(election.voting)}",
        day=election.voting,
    )


def written(day) -> str:
    return date_format(day, "l j F Y")


def areas(keys=None):
    """Every area of all times: what is no more leads to what replaced it. Three queries."""
    found = Area.objects.all() if keys is None else Area.objects.filter(pk__in=keys)
    found = found.select_related("province").prefetch_related("names", "waterschappen")
    today = localdate()
    votings = {code: next_election(code, today) for codes in KINDS_OF.values() for code in codes}
    for area in found:
        around = [area.province, *area.waterschappen.all()] if area.province else []
        elections = [
            votings[code] for one in [area, *around] for code in KINDS_OF[one.kind] if votings[code]
        ]
        days = dict.fromkeys(f"{one.kind.name} {written(one.voting)}" for one in elections)
        yield Entry(
            key=area.code,
            title=area.title[0].upper() + area.title[1:],
            url=reverse("elections:area", args=[area.slug]),
            # A name of its own counts as a heading: a text may well say "Den Haag" more often.
            passages=[
                Passage(", ".join(one.name for one in area.names.all()), ". ".join(days)),
                Passage("Kalender van de verkiezingen", ". ".join(days)),
                *bureau(area),
            ],
            # Not in what is found by: whoever asks for Utrecht does not mean all of its gemeenten.
            note=" · ".join([*(one.title for one in around), *ended(area, today)]),
        )


def bureau(area: Area) -> list[Passage]:
    """Return where one hands in, for what is no gemeente: with the words that people ask it by."""
    found = bureaus().get(area.code)
    where = strip_tags(found.line) if found else ""
    title = "Centraal stembureau: waar lever je in, adres en telefoon"
    return [Passage(title, f"{area.name} {where}")] if found else []


def ended(area: Area, today) -> list[str]:
    if area.valid_to is None or area.valid_to > today:
        return []
    return [f"bestaat niet meer sinds {date_in_words(area.valid_to)}"]
