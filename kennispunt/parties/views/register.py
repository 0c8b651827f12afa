"""The public register, /partijen/: areas, lists, and what a party chose to show. Open to all."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kennispunt.elections import finding
from kennispunt.elections.models import Area
from kennispunt.pagecache.decorators import cached_page
from kennispunt.parties import periods, reading
from kennispunt.parties.eligibility import ruleset
from kennispunt.parties.models import Party
from kennispunt.ui.narrowing import page_of, words_of

KINDS = [
    (Area.Kind.PROVINCIE, "Provincies en hun gemeenten"),
    (Area.Kind.WATERSCHAP, "Waterschappen"),
    (Area.Kind.OPENBAAR_LICHAAM, "Openbare lichamen in Caribisch Nederland"),
]


# The contents of the page with the criteria.
CRITERIA = [
    ("eisen", "Wat zijn de eisen?"),
    ("besluit", "Wie besluit?"),
    ("bezwaar", "Ben je het er niet mee eens?"),
    ("feiten", "Waar kijken we naar?"),
    ("kamer", "Welke namen horen bij de Tweede Kamer?"),
    ("landelijk", "Welke landelijke partijen hebben geen zetel?"),
    ("banden", "Welke banden zijn bekend?"),
    ("te-weinig", "Welke woorden zeggen te weinig?"),
]


@require_safe
@cached_page
def overview(request):
    """Find your area or a list; how local parties did together."""
    words = words_of(request)
    if words:
        return found(request, words)
    areas = Area.objects.exclude(kind=Area.Kind.GEMEENTE).valid_on(localdate())
    kinds = [(title, [one for one in areas if one.kind == kind]) for kind, title in KINDS]
    context = {"kinds": kinds, "shares": reading.country()}
    return render(request, "parties/register/overview.html", context)


def found(request, words):
    page = page_of(request, reading.search(words))
    areas = finding.find(words)
    if areas.hint and page.object_list:  # it is the name of a list, not of a place
        areas = finding.Found()
    context = {"words": words, "found": areas, "page": page, "today": localdate()}
    return render(request, "parties/register/found.html", context)


@require_safe
@cached_page
def area(request, slug):
    """Every list of one area through time, and what lies in it or around it."""
    one = get_object_or_404(Area.objects.select_related("province"), Q(slug=slug) | Q(code=slug))
    if one.slug != slug:
        return redirect("parties:area", one.slug)
    today = localdate()
    context = {
        "area": one,
        "today": today,
        "register": reading.area_register(one, today),
        "parts": one.parts().valid_on(today),
        "waterschappen": one.waterschappen.valid_on(today),
        "successors": one.successors.select_related("new"),
        "predecessors": one.predecessors.select_related("old"),
    }
    return render(request, "parties/register/area.html", context)


@require_safe
@cached_page
def party(request, key):
    """Show what a party chose to tell, beside the results of the lists it stood on."""
    today = localdate()
    shown = Party.objects.shown(today)
    one = get_object_or_404(shown, key=key)
    context = {
        "party": one,
        "areas": one.areas.all(),
        "names": [name for name in one.names.exclude(name=one.name) if name.has_begun(today)],
        "lists": one.lists.select_related("result__election", "result__area").order_by(
            "-result__election__date", "result__area__name"
        ),
        # A party that merged has ended: its name stays, when it chose to be shown.
        "before": one.predecessors.filter(old__is_shown=True, date__lte=today)
        .select_related("old")
        .annotate(has_page=Exists(shown.filter(pk=OuterRef("old")))),
        "after": one.successors.filter(new__in=shown, date__lte=today).select_related("new"),
    }
    return render(request, "parties/register/party.html", context)


@require_safe
@cached_page
def criteria(request):
    """Tell who may take part: made from the rules themselves."""
    rules = ruleset()
    context = {
        "rules": rules,
        "parts": CRITERIA,
        "all_kamer": f"Alle {len(rules.kamer)} fracties, van nu en vroeger",
        "all_national": f"Alle {len(rules.national)} partijen",
        "all_relations": f"Alle {len(rules.relations)} banden",
        "all_words": f"Alle {len(rules.words)} groepen woorden",
        "both": settings.ELIGIBILITY_NEEDS_BOTH,
        "answer_days": periods.ANSWER_WORKING_DAYS,
        "objection_days": periods.OBJECTION_DAYS,
        "objection_answer_days": periods.OBJECTION_ANSWER_DAYS,
        "write_us": "mailto:" + settings.CONTACT_EMAIL,
    }
    return render(request, "parties/register/criteria.html", context)
