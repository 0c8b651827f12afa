"""The election calendar on the site: /kalender/. All of it is open to everyone."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from kennispunt.elections import feeds
from kennispunt.elections.calendar import (
    Election,
    Kind,
    NoElection,
    coming,
    election,
    group,
    kind_of,
    next_election,
    next_merger,
    revised,
)
from kennispunt.elections.due import due_card
from kennispunt.elections.situations import FACTS, SITUATIONS, support_fact


def find(slug: str) -> tuple[Kind, Election | None]:
    """The kind and election of a slug: "waterschap-2027", or "waterschap" for the kind alone."""
    word, _, year = slug.rpartition("-")
    if word and year.isdecimal() and len(year) <= 4:
        found = election(word, int(year))
        return found.kind, found
    return kind_of(slug), None


def find_next(slug: str) -> Election:
    """The election of a slug; of a kind alone, its next one."""
    kind, found = find(slug)
    if kind.code == "HERINDELING":
        found = found or next_merger(localdate())
    found = found or next_election(kind, localdate())
    if found is None:
        raise NoElection(f"Er is nog geen volgende verkiezing voor {kind.body} bekend.")
    return found


def find_situation(word: str):
    if word and word not in SITUATIONS:
        raise NoElection(f"Deze situatie kennen we niet: {word}. Wel: {', '.join(SITUATIONS)}.")
    return SITUATIONS.get(word)


def addresses(slug: str, situation: str = "") -> dict:
    """Where the agenda and the JSON of a page are; webcal: opens the reader's own agenda."""
    place = "situation_{}" if situation else "{}"
    args = [slug, *filter(None, [situation])]
    agenda = settings.SITE_URL + reverse(f"elections:{place.format('agenda')}", args=args)
    return {
        "agenda": agenda,
        "webcal": "webcal:" + agenda.partition(":")[2],
        "json": reverse(f"elections:{place.format('json')}", args=args),
    }


def unknown(request, problem):
    """Page not found, with what does exist."""
    context = {"problem": str(problem), "coming": coming(localdate())}
    return render(request, "elections/unknown.html", context, status=404)


@require_safe
def overview(request):
    """The coming elections, and what is due now."""
    today = localdate()
    elections = coming(today)
    context = {
        "today": today,
        "first": elections[0],
        "together": group(elections[0].voting),
        "coming": elections,
        "merger": next_merger(today),
        "card": due_card(today),
        "situations": [(one, due_card(today, situation=one.slug)) for one in SITUATIONS.values()],
    }
    return render(request, "elections/overview.html", context)


@require_safe
def election_page(request, slug):
    """One election: which situation is yours, and the list of all days."""
    try:
        found = find_next(slug)
    except NoElection as problem:
        return unknown(request, problem)
    if found.slug != slug:
        return redirect("elections:election", found.slug)
    context = {
        "election": found,
        "today": localdate(),
        "revised": revised(),
        "situations": SITUATIONS.values(),
        "links": addresses(found.kind.slug),
        "json": addresses(found.slug)["json"],
        "later": later(found),
    }
    return render(request, "elections/election.html", context)


def later(past: Election) -> Election | None:
    """The next election of the kind, when this one is over."""
    today = localdate()
    return next_election(past.kind, today) if past.voting < today else None


@require_safe
def situation_page(request, slug, situation, template="elections/situation.html"):
    """Every day for one kind of party, as a timeline, and what to hand in; also as one A4."""
    try:
        found = find_next(slug)
        place = find_situation(situation)
    except NoElection as problem:
        return unknown(request, problem)
    if found.slug != slug:
        return redirect("elections:situation", found.slug, situation)
    today = localdate()
    days = found.days_for(situation)
    context = {
        "election": found,
        "situation": place,
        "situations": SITUATIONS.values(),
        "today": today,
        "days": days,
        "next_day": next((day for day in days if day.date >= today), None),
        "facts": FACTS.get(found.kind.code, {}),
        "support": support_fact(found.kind.code),
        "revised": revised(),
        "links": addresses(found.kind.slug, situation),
        "json": addresses(found.slug, situation)["json"],
        "later": later(found),
    }
    return render(request, template, context)


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def agenda(request, slug, situation=""):
    """The agenda of a kind or of one election; once that is over, the next one is in it too."""
    try:
        kind, found = find(slug)
        place = find_situation(situation)
    except NoElection as problem:
        return HttpResponse(f"{problem}\n", status=404, content_type="text/plain; charset=utf-8")
    title = f"Verkiezingen: {kind.name.lower()}" + (f", {place.title.lower()}" if place else "")
    body = feeds.agenda(title, feeds.subscribed(kind, localdate(), found), situation)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def as_json(request, slug, situation=""):
    """One election for other programs."""
    try:
        found = find_next(slug)
        find_situation(situation)
    except NoElection as problem:
        return JsonResponse({"error": str(problem)}, status=404)
    return JsonResponse(feeds.as_json(found, situation), json_dumps_params={"ensure_ascii": False})
