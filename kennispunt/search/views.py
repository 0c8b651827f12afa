"""The page with results and the suggestions while typing. Open to everyone; rights are in the
query."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_safe

from kennispunt.limits.counting import place
from kennispunt.search import index
from kennispunt.search.access import reader_keys
from kennispunt.search.find import Results, search, suggest
from kennispunt.search.first import first_of_all
from kennispunt.search.missed import count_missed
from kennispunt.search.topics import nearest_topics
from kennispunt.ui.unasked import unasked

PER_GROUP, PER_KIND = 4, 50


@require_safe
@cache_control(private=True, no_store=True)
def results(request):
    """Show what was found for ?q=; with ?soort= all of that kind."""
    text = " ".join(request.GET.get("q", "").split())
    kind = index.kinds().get(request.GET.get("soort", ""))
    found = Results()
    if text:
        found = search(
            text,
            access=reader_keys(request),
            kinds=[kind.name] if kind else None,
            limit=PER_KIND if kind else PER_GROUP,
        )
    context = {"text": text[:200], "kind": kind, "found": found, "first": first_of_all(text)}
    if text and not found:
        context["topics"] = nearest_topics(text[:200])
        if request.method == "GET" and not kind:
            unasked(count_missed, text, on=localdate(), place=place(request))
    return render(request, "search/results.html", context)


@require_GET
@cache_control(max_age=300, public=True)
def suggestions(request):
    """Titles and questions of public pages that begin as typed: {"suggestions": [...]}."""
    return JsonResponse({"suggestions": suggest(request.GET.get("q", ""))})
