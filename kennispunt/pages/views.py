"""Reacting below a text, for everyone; and reports in the back office, for its users."""

from contextlib import suppress
from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kennispunt.facts.models import Fact
from kennispunt.limits.counting import later, too_many
from kennispunt.pages import checking, reactions
from kennispunt.pages.laws import edit
from kennispunt.pages.models import BasePage, CheckedLink
from kennispunt.ui.answering import form_page
from kennispunt.ui.cleaning import printable, row_number
from kennispunt.ui.links import dead
from kennispunt.ui.origin import same_site_post
from kennispunt.ui.rows import TooLate


@require_safe
def to_check(request):
    """Pages and facts that are due, the longest first; of everybody or of one steward."""
    today = localdate()
    due = BasePage.objects.to_check(on=today).select_related("steward", "content_type")
    stewards = sorted({page.steward for page in due if page.steward}, key=str)
    chosen = request.GET.get("van", "")
    if chosen == "mij":
        due = due.looked_after_by(request.user)
    elif steward := row_number(chosen):
        due = due.filter(steward=steward)
    pages = list(due)
    for page in pages:
        page.tells_reader = page.is_overdue(today)
    facts = list(Fact.objects.valid_on(today).to_check(on=today))
    for fact in facts:
        fact.edit_address = edit(fact)
    context = {
        "pages": pages,
        "facts": sorted(facts, key=lambda fact: fact.check_again_on or date.min),
        "stewards": stewards,
        "chosen": chosen,
        "limit": settings.OVERDUE_AFTER_DAYS,
    }
    return render(request, "pages/to_check.html", context)


@require_safe
def links(request):
    """The links to elsewhere: those with a problem, the longest first, or all of them."""
    everything = "alle" in request.GET
    found = CheckedLink.objects.order_by("address")
    if not everything:
        found = found.with_problem().order_by("problem_since", "address")
    page = Paginator(found, 50).get_page(request.GET.get("p"))
    stewards = get_user_model().objects.in_bulk(
        {place["steward"] for link in page for place in link.places if place["steward"]}
    )
    for link in page:
        link.texts = [{**place, "steward": stewards.get(place["steward"])} for place in link.places]
    counts = {
        "total": CheckedLink.objects.count(),
        "unseen": CheckedLink.objects.filter(checked_at=None).count(),
        "problems": CheckedLink.objects.with_problem().count(),
    }
    context = {"page": page, "everything": everything, "counts": counts}
    return render(request, "pages/links.html", context)


@require_POST
def decide_link(request, pk):
    """Accept what is there now, or look once more."""
    link = get_object_or_404(CheckedLink, pk=pk)
    if "goed" in request.POST and link.change:
        checking.accept(link)
        messages.success(request, f"Genoteerd: {link} klopt zo.")
    else:
        checking.ask_again(link)
        messages.success(request, f"Bij de volgende ronde kijken we opnieuw naar {link}.")
    return redirect("pages_links")


# --- Did this help? On cached pages, so without a token ------------------------------------------

ANSWERS = {"ja": True, "nee": False}
LIMITS = {"each": 30, "all_together": 1500}


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label="Je opmerking",
        max_length=1000,
        widget=forms.Textarea,
        help_text="Hoogstens 1.000 tekens. Zet er geen namen, adressen of partijen in.",
        error_messages={"max_length": "Maak het korter: hoogstens 1.000 tekens."},
    )


def show(request, ticket, form, *, busy=False):
    found = reactions.find(ticket)
    if found is None:
        return dead(request, why="Een opmerking kan tot een dag na je antwoord. Mail ons.")
    context = {"ticket": ticket, "reaction": found, "form": form, "busy": busy}
    if busy:
        return render(request, "pages/reaction.html", context, status=429)
    return form_page(request, "pages/reaction.html", context)


@same_site_post
def react(request):
    """A yes or no; then a page where one may say more."""
    path = printable(request.POST.get("pagina", ""))[:255]
    helped = ANSWERS.get(request.POST.get("geholpen"))
    if helped is None or not reactions.title_of(path):
        raise Http404
    if too_many(request, "reaction", **LIMITS):
        return later(render(request, "pages/reaction_busy.html", {"path": path}))
    return redirect("pages:reaction", reactions.ticket(reactions.react(path, helped=helped)))


@require_safe
@never_cache
def reaction(request, ticket):
    """Thanks, and room for a remark."""
    return show(request, ticket, RemarkForm())


@same_site_post
def remark(request, ticket):
    form, found = RemarkForm(request.POST), reactions.find(ticket)
    if found is None or not form.is_valid():
        return show(request, ticket, form)
    if too_many(request, "remark", **LIMITS):
        return later(show(request, ticket, form, busy=True))
    with suppress(TooLate):  # sent twice: the first one stays
        reactions.add_remark(found, form.cleaned_data["remark"])
    return redirect("pages:reaction", ticket)
