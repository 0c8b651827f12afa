"""The election calendar on the site: /kalender/. All of it is open to everyone."""

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from kennispunt.elections import area_elections, explained, feeds, finding
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
from kennispunt.elections.costs import costs
from kennispunt.elections.due import due_card, gemeente_alone
from kennispunt.elections.duties import NEW
from kennispunt.elections.models import Area
from kennispunt.elections.situations import SITUATIONS, situation_in, situations
from kennispunt.facts import api
from kennispunt.pagecache.decorators import cached_page
from kennispunt.ui.dutch import listed
from kennispunt.ui.links import full_address
from kennispunt.ui.narrowing import words_of

# The place where the state publishes the forms of the Kiesregeling: G 1-1, H 1, H 3-1, H 4, H 9.
FORMS = "https://www.rijksoverheid.nl/onderwerpen/verkiezingen/verkiezingentoolkit/modellen"


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


def agenda_links(path: str) -> dict:
    """The address of an agenda, and the same as webcal:, which opens the reader's own agenda."""
    address = full_address(path)
    return {"agenda": address, "webcal": "webcal:" + address.partition(":")[2]}


def addresses(slug: str, situation: str = "") -> dict:
    """Return the addresses of the agenda and the JSON of a page."""
    place = "situation_{}" if situation else "{}"
    args = [slug, *filter(None, [situation])]
    return agenda_links(reverse(f"elections:{place.format('agenda')}", args=args)) | {
        "json": reverse(f"elections:{place.format('json')}", args=args),
    }


def not_here(problem):
    return HttpResponse(f"{problem}\n", status=404, content_type="text/plain; charset=utf-8")


def unknown(request, problem):
    """Page not found, with what does exist."""
    context = {"problem": str(problem), "coming": coming(localdate())}
    return render(request, "elections/unknown.html", context, status=404)


@require_safe
@cached_page
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
        "alone": gemeente_alone(today),
        "situations": [
            (one, due_card(today, situation=one.slug))
            for one in situations(group(elections[0].voting))
        ],
    }
    return render(request, "elections/overview.html", context)


@require_safe
@cached_page
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
        "situations": situations([found]),
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
@cached_page
def situation_page(request, slug, situation, template="elections/situation.html"):
    """Every day for one kind of party, as a timeline, and what to hand in; also as one A4."""
    try:
        found = find_next(slug)
        find_situation(situation)
    except NoElection as problem:
        return unknown(request, problem)
    if found.slug != slug:
        return redirect("elections:situation", found.slug, situation)
    today = localdate()
    days = found.days_for(situation)
    timeline = found.timeline(situation)
    context = {
        "election": found,
        "situation": situation_in(found, situation),
        "situations": situations([found]),
        "today": today,
        "days": days,
        "until_voting": [(day, these) for day, these in timeline if day <= found.voting],
        "after_voting": [(day, these) for day, these in timeline if day > found.voting],
        "addresses": explained.addresses(),
        "next_day": next((day for day in days if day.date >= today), None),
        "costs": costs(found.kind.code, api.book()),
        "forms": FORMS,
        "revised": revised(),
        "links": addresses(found.kind.slug, situation),
        "json": addresses(found.slug, situation)["json"],
        "later": later(found),
    }
    return render(request, template, context)


@require_safe
def areas(request):
    """The areas that a visitor may mean; straight to the page when there is one."""
    words = words_of(request)
    found = finding.find(words)
    if found.one:
        return redirect("elections:area", found.one.slug)
    context = {"words": words, "found": found, "today": localdate()}
    return render(request, "elections/areas.html", context)


@require_safe
@cached_page
def area_page(request, slug):
    """The elections of one area: when, what it asks of a party, and where to hand in."""
    today = localdate()
    area = Area.objects.filter(Q(slug=slug) | Q(code=slug)).first()
    if area is None:
        return unknown(request, f"Dit gebied kennen we niet: {slug}.")
    if area.slug != slug:
        return redirect("elections:area", area.slug)
    contests = area_elections.contests(area, today)
    context = {
        "area": area,
        "today": today,
        "heirs": area_elections.heirs(area, today),
        "merges_into": [one.new for one in area.successors.select_related("new")],
        "contests": contests,
        "boards": sum(one.election.kind.code == "WS" for one in contests),
        "situations": SITUATIONS.values(),
        "agendas": [
            (one, agenda_links(reverse("elections:area_agenda", args=[area.slug, one.slug])))
            for one in SITUATIONS.values()
        ],
    }
    return render(request, "elections/area.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def area_agenda(request, slug, situation=NEW):
    """Show what is to come for a party in an area, or in what replaced it."""
    today = localdate()
    try:
        place = find_situation(situation)
    except NoElection as problem:
        return not_here(problem)
    area = Area.objects.filter(slug=slug).first()
    if area is None:
        return not_here(f"Dit gebied kennen we niet: {slug}.")
    now = area_elections.heirs(area, today)
    kinds = dict.fromkeys(
        c.election.kind for one in now for c in area_elections.contests(one, today)
    )
    found = (one for kind in kinds for one in feeds.subscribed(kind, today))
    elections = [one for one in found if one.days[-1].date >= today]
    names = listed(one.name for one in now)
    title = f"Verkiezingen in {names}, {place.title.lower()}"
    body = feeds.agenda(title, elections, situation)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def agenda(request, slug, situation=""):
    """The agenda of a kind or of one election; once that is over, the next one is in it too."""
    try:
        kind, found = find(slug)
        place = find_situation(situation)
    except NoElection as problem:
        return not_here(problem)
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
