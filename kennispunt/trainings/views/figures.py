"""The figures of a year, for planners; and the part of them that is safe to publish."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kennispunt.office import tables
from kennispunt.office.guards import for_staff
from kennispunt.trainings import figures
from kennispunt.trainings.models import Evaluation, Theme
from kennispunt.trainings.permissions import may_plan
from kennispunt.trainings.results import results
from kennispunt.ui.narrowing import page_of


@require_safe
@for_staff(may_plan)
def year(request):
    """All numbers as they are, with a text beside it that may go out."""
    known = figures.years()
    asked = request.GET.get("jaar", "")
    chosen = next((one for one in known if str(one) == asked), known[0])
    found = figures.figures(chosen)
    context = {
        "years": known,
        "year": chosen,
        "figures": found,
        "sentences": figures.sentences(figures.safe(found)),
    }
    return render(request, "trainings/figures/year.html", context)


@require_safe
@for_staff(may_plan)
def export(request, year, kind):
    """The safe version as a file: small numbers are words in it."""
    if int(year) not in figures.years():
        raise Http404
    columns, *rows = figures.table(figures.safe(figures.figures(int(year))))
    return tables.response(f"trainingen-{year}", kind, columns, rows)


@require_safe
@for_staff(may_plan)
def evaluations(request):
    """Show what people thought, per theme and per edition, from five answers."""
    theme = Theme.objects.filter(slug=request.GET.get("thema", "")[:50]).first()
    answers = Evaluation.objects.select_related("edition__training__theme", "edition__room")
    by_theme, by_edition = {}, {}
    for one in answers:
        by_theme.setdefault(one.edition.training.theme, []).append(one)
        if theme is None or one.edition.training.theme_id == theme.pk:
            by_edition.setdefault(one.edition, []).append(one)
    newest = sorted(by_edition, key=lambda edition: edition.starts_at, reverse=True)
    page = page_of(request, newest)
    context = {
        "theme": theme,
        "themes": [(one, results(by_theme[one])) for one in sorted(by_theme, key=str)],
        "page": page,
        "editions": [(one, results(by_edition[one])) for one in page],
        "chosen": results(by_theme.get(theme, [])) if theme else None,
    }
    return render(request, "trainings/figures/evaluations.html", context)
