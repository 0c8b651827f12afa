"""One page for everyone: every fact that holds today, with where it comes from."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kennispunt.facts import api
from kennispunt.facts.models import Fact
from kennispunt.pagecache.views import kept


@require_safe
@kept
def facts(request):
    """Every amount, period and threshold, by group. Open to everyone."""
    order = list(Fact.Group)
    found = api.once(request, "book", api.book).values()
    found = sorted(found, key=lambda fact: (order.index(fact.group), fact.what))
    groups = [
        (Fact.Group(group), list(members))
        for group, members in groupby(found, key=lambda fact: fact.group)
    ]
    return render(request, "facts/facts.html", {"groups": groups})
