"""The page about colleagues who looked: for the one who is signed in, about nobody else."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kennispunt.office.models import Lookup


@require_safe
@never_cache
@login_required
def lookups(request):
    """Show who of the staff looked at what we keep of me."""
    seen = Lookup.objects.filter(person=request.user).select_related("staff")
    return render(request, "office/lookups.html", {"lookups": seen[:100]})
