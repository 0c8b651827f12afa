"""The agenda: trainings, places and days. Open to everyone."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from kennispunt.pagecache.decorators import cached_page, good_until
from kennispunt.pagecache.memory import remembered
from kennispunt.pages.references import References
from kennispunt.trainings import calendars, finding, structured
from kennispunt.trainings.agenda import lights, next_moment
from kennispunt.trainings.models import Edition, Registration, Training
from kennispunt.trainings.queue import RULE
from kennispunt.trainings.views.places import edition_of
from kennispunt.ui.cards import card
from kennispunt.ui.dutch import listed
from kennispunt.ui.narrowing import Listing, page_of

A_PAGE = 20
PARTS = (f"Binnen {finding.NEAR} kilometer", "Online", "Verder weg")  # as finding.how_far
NAMED = 6  # so many towns the map names; more are a number
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@cached_page
def agenda(request):
    """Show what is coming: the first one first, or the nearest to a town that somebody typed."""
    now, typed = timezone.now(), request.GET.get("bij", "").strip()[:100]
    towns = finding.towns(typed, localdate())
    near = towns[0] if len(towns) == 1 else None
    listing = Listing(request, Edition.objects.open().coming(now), finding.choices())
    found = finding.spots(listing.rows)
    pairs = finding.by_distance(found, near) if near else [(spot, None) for spot in found]
    page = page_of(request, pairs, at_once=A_PAGE)
    shown = Edition.objects.shown().in_bulk([spot.pk for spot, _ in page.object_list])
    rows = [(shown[spot.pk], far) for spot, far in page.object_list if spot.pk in shown]
    parts = groupby(rows, lambda row: PARTS[finding.how_far(row[1])] if near else "")
    context = {
        "typed": typed,
        "towns": towns,
        "near": near,
        "near_name": near and name_of(near, typed),
        "page": page,
        "parts": [(title, list(these)) for title, these in parts],
        "lights": lights(found),
        "caption": caption(found),
        "listing": listing,
    }
    response = render(request, "trainings/agenda.html", context)
    return good_until(response, next_moment((edition for edition, _ in rows), now))


def name_of(town, typed):
    """Return the name of the municipality as somebody typed it: its main town, say."""
    return town.main_town if town.main_town.casefold() == typed.casefold() else town.name


def caption(found):
    """Say in words what the map shows: the same as the list."""
    towns = sorted({spot.town for spot in found if spot.map_x is not None})
    online = any(spot.town is None for spot in found)
    if not towns:
        return "Alle trainingen zijn online." if online else "Er is nu geen training op de kaart."
    if len(towns) > NAMED:
        text = f"Een gele stip: hier is een training. Het zijn er nu {len(towns)}."
    else:
        text = f"De gele stip{'pen' if towns[1:] else ''}: {listed(towns)}."
    return f"{text} De andere trainingen zijn online." if online else text


@require_safe
@cached_page
def training(request, slug):
    """Show what one learns, for whom, and when it is given."""
    found = get_object_or_404(Training.objects.select_related("theme"), slug=slug)
    now, references = timezone.now(), References()
    editions = list(Edition.objects.shown().open().coming(now).filter(training=found))
    context = {
        "training": found,
        "texts": found.read(references),
        "editions": editions,
        "schema": structured.training(found, editions),
        "picture": structured.picture_address(found),
    }
    response = render(request, "trainings/training.html", context)
    return good_until(response, next_moment(editions, now))


@require_safe
@cached_page
def edition(request, slug, pk):
    """One edition: when, where, how to get there, how many places are left."""
    found, now = edition_of(slug, pk), timezone.now()
    off = found.status == Edition.Status.CANCELLED
    context = {
        "edition": found,
        "training": found.training,
        "texts": found.training.read(References()),
        "meetings": found.meetings.all(),
        "state": state_of(found, now),
        "taken": min(found.taken, found.places),  # fewer places than before: all are taken
        "instead": finding.nearest_instead(found, now) if off or found.is_over(now) else None,
        "mine": mine_of(request, found),
        "rule": RULE,
        "now": now,
        "schema": structured.edition(found),
        "picture": structured.picture_address(found.training),
    }
    response = render(request, "trainings/edition.html", context)
    return good_until(response, next_moment([found], now))


def state_of(found, now) -> str:
    """Return what one can do: cancelled, over, begun, not_yet, closed, full or open."""
    if found.status == Edition.Status.CANCELLED:
        return "cancelled"
    if found.is_over(now):
        return "over"
    if found.starts_at <= now:
        return "begun"
    if found.opens_at and found.opens_at > now:
        return "not_yet"
    if not found.takes_sign_ups(now):
        return "closed"
    return "full" if found.taken >= found.places or found.waiting else "open"


def mine_of(request, found):
    """My own place here. A visitor without a session is not looked up: the page is cached for them.

    None also for a visitor who is not signed in. With a session nobody gets the cached page.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return Registration.objects.live().of(request.user).filter(edition=found).first()


# --- To take along -------------------------------------------------------------------------------


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def agenda_ics(request):
    """Every edition that is coming, to subscribe to; also what was cancelled, which says so."""
    editions = Edition.objects.public().coming(timezone.now())
    rows = editions.select_related("training", "room").prefetch_related("meetings")
    return HttpResponse(calendars.agenda("Trainingen van het Kennispunt", rows), CALENDAR)


@require_safe
@cache_control(public=True, max_age=300)
@conditional_page
def edition_ics(request, slug, pk):
    """One edition for somebody's own calendar."""
    found = edition_of(slug, pk)
    answer = HttpResponse(calendars.agenda(found.training.title, [found]), CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer


@require_safe
@cache_control(max_age=31_536_000, public=True, immutable=True)
def picture(request, slug, version):
    """The social card of a training. The address changes with the title: it is kept for good."""
    found = get_object_or_404(Training, slug=slug)
    if structured.picture_version(found) != version:
        raise Http404
    png = remembered(("card", found.title, "Training"), lambda: card(found.title, "Training"))
    return HttpResponse(png, content_type="image/png")
