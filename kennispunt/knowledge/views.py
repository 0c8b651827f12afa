"""The explained terms. Open to everyone."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kennispunt.knowledge.models import Term
from kennispunt.pagecache.views import kept
from kennispunt.pages import text
from kennispunt.pages.references import References


@require_safe
@kept
def terms(request):
    references = References()
    found = {term.slug: term for term in Term.objects.all()}
    rows = [
        {
            "term": term,
            "meaning": text.line(term.meaning, references),
            "laws": [references.show_law(law) for law in term.laws],
            "see": [found[slug] for slug in term.see if slug in found],
        }
        for term in found.values()
    ]
    letters = groupby(rows, key=lambda row: row["term"].term[0].upper())
    context = {"letters": [(letter, list(rows)) for letter, rows in letters]}
    return render(request, "knowledge/terms.html", context)
