"""The desk at /balie/: the work that waits for the colleague who is signed in."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_safe

from kennispunt.accounts.groups import is_staff
from kennispunt.desk import handbook as handbooks
from kennispunt.desk import lists
from kennispunt.desk.figures import through_griffiers
from kennispunt.office import staff
from kennispunt.office.guards import for_staff
from kennispunt.ui.narrowing import page_of

YEARS = 3  # how far back the figures go; more is in the year reports


@require_safe
@for_staff(is_staff)
def desk(request):
    """Everything that waits, or one kind of it. Each line leads to where it is done."""
    waiting = staff.everything(request.user)
    kind = request.GET.get("soort", "")
    shown = waiting.of_kind(kind) if kind else waiting
    page = page_of(request, shown)
    context = {
        "total": waiting.total,
        "kinds": waiting.kinds(),
        "kind": kind,
        "page": page,
        "parts": staff.by_time(page.object_list, localdate()),
        "greeting": lists.greeting(localtime().hour),
        "today": localdate(),
        "pages": staff.pages(request.user),
    }
    return render(request, "desk/desk.html", context)


@require_safe
@for_staff(is_staff)
def figures(request):
    """The figures of every app, for one year."""
    this_year = localdate().year
    years = [this_year - back for back in range(YEARS)]
    asked = request.GET.get("jaar", "")
    year = next((one for one in years if str(one) == asked), this_year)
    context = {"year": year, "years": years, "figures": staff.figures(request.user, year)}
    return render(request, "desk/figures.html", context)


@require_safe
@for_staff(is_staff)
def griffiers(request):
    """Show what the letters to griffies brought: openings of short addresses, and parties."""
    return render(request, "desk/griffiers.html", {"figures": through_griffiers()})


@require_safe
@for_staff(is_staff)
def handbook(request, name=handbooks.START):
    """A chapter of the handbook."""
    found = handbooks.chapter(name)
    if found is None:
        raise Http404
    return render(request, "desk/handbook.html", {"chapter": found, "name": name})


@require_safe
@for_staff(is_staff)
def handbook_picture(request, name):
    found = handbooks.picture(name)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), content_type="image/png")
