"""Reports in the back office. Whoever may enter it may see them."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from kennispunt.pages import checking
from kennispunt.pages.models import CheckedLink


@require_safe
@require_admin_access
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
@require_admin_access
def decide_link(request, pk):
    """What is there now is right, or: look once more."""
    link = get_object_or_404(CheckedLink, pk=pk)
    if "goed" in request.POST and link.change:
        checking.accept(link)
        messages.success(request, f"Genoteerd: {link} klopt zo.")
    else:
        checking.ask_again(link)
        messages.success(request, f"Bij de volgende ronde kijken we opnieuw naar {link}.")
    return redirect("pages_links")
