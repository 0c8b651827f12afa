"""The desk at /balie/: what waits for whoever of the staff is signed in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kennispunt.accounts.groups import is_staff
from kennispunt.desk import figures, lists
from kennispunt.parties.permissions import may_keep_register


@require_safe
@never_cache
@login_required
def desk(request):
    """Everything that waits, or one kind of it. Each line leads to where it is done."""
    if not is_staff(request.user):
        raise PermissionDenied
    waiting = lists.everything(request.user)
    kind = request.GET.get("soort", "")
    shown = [one for one in waiting if not kind or one.kind == kind]
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    context = {
        "total": sum(one.count for one in waiting),
        "kinds": lists.kinds(waiting),
        "kind": kind,
        "page": page,
        "parts": lists.by_time(page.object_list, localdate()),
        "today": localdate(),
        "keeps_register": may_keep_register(request.user),
    }
    return render(request, "desk/desk.html", context)


@require_safe
@never_cache
@login_required
def griffiers(request):
    """What the letters to griffies brought: openings of short addresses, and parties."""
    if not is_staff(request.user):
        raise PermissionDenied
    return render(request, "desk/griffiers.html", {"figures": figures.through_griffiers()})
