"""The explained terms, a topic on paper, and the pictures that others show of our texts."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kennispunt.knowledge import pdf
from kennispunt.knowledge.models import Term, TopicPage, picture_version
from kennispunt.pagecache.decorators import cached_page
from kennispunt.pagecache.memory import remembered
from kennispunt.pages import text
from kennispunt.pages.models import BasePage
from kennispunt.pages.references import References
from kennispunt.ui.cards import card


@require_safe
@cached_page
def topic_pdf(request, slug, name):
    """A whole topic to print or pass on."""
    if name != slug:
        raise Http404
    topic = get_object_or_404(TopicPage.objects.live().public(), slug=slug)
    answer = HttpResponse(pdf.topic_pdf(topic), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="kennispunt-{slug}.pdf"'
    return answer


@require_safe
@cached_page
def terms(request):
    references = References()
    found = {term.slug: term for term in Term.objects.all()}
    rows = [
        {
            "term": term,
            "meaning": text.line(term.meaning, references, spots=f"feit-{term.slug}"),
            "laws": [references.show_law(law) for law in term.laws],
            "see": [found[slug] for slug in term.see if slug in found],
        }
        for term in found.values()
    ]
    letters = groupby(rows, key=lambda row: row["term"].term[0].upper())
    context = {
        "summary": "Woorden uit de wet en de vereniging, in gewone taal uitgelegd.",
        "letters": [(letter, list(rows)) for letter, rows in letters],
    }
    return render(request, "knowledge/terms.html", context)


@require_safe
@cache_control(max_age=31_536_000, public=True, immutable=True)
def picture(request, pk, version):
    """The social card of a page. The address changes with the title, so it may be kept for good."""
    page = BasePage.objects.live().public().filter(pk=pk).select_related("content_type").first()
    if page is None or picture_version(page) != version:
        raise Http404
    kind = page.content_type.name.capitalize()
    png = remembered(("card", page.title, kind), lambda: card(page.title, kind))
    return HttpResponse(png, content_type="image/png")
