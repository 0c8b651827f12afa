"""Taking in official results in the back office: choose files, see what would change, confirm."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_required

from kennispunt.elections.forms import ConfirmForm, ResultsForm, seal
from kennispunt.elections.importing import import_results, read_all, totals
from kennispunt.elections.models import Election
from kennispunt.elections.results_csv import BadFile

MAY_IMPORT = "elections.import_election"
SHOWN_CHANGES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT)
def results(request):
    """Show what is there, and the files to look at; after sending, what they would change."""
    sent = request.method == "POST"
    form = ResultsForm(request.POST, request.FILES) if sent else ResultsForm()
    context = {"form": form}
    if sent and form.is_valid():
        try:
            files = form.cleaned_data["files"]
            context["reports"] = import_results(files, dry_run=True)
            context["sealed"] = seal(read_all(files))
        except BadFile as bad:
            context["problems"] = bad.problems
    return page(request, **context)


@require_POST
@permission_required(MAY_IMPORT)
def confirm(request):
    """Take in the files that were looked at."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return page(request, form=ResultsForm(), problems=form.errors["sealed"])
    try:
        sums = totals(import_results(form.cleaned_data["sealed"]))
    except BadFile as bad:
        return page(request, form=ResultsForm(), problems=bad.problems)
    messages.success(
        request,
        f"Ingelezen: {sums['new']} nieuwe lijsten, {sums['changed']} veranderd, "
        f"{sums['removed']} weg, {sums['unchanged']} bleven gelijk.",
    )
    return redirect("elections_results")


def page(request, **context):
    there = Election.objects.counted()
    return render(
        request, "elections/results.html", {"there": there, "most": SHOWN_CHANGES, **context}
    )
