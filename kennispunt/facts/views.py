"""One page for everyone: every fact that holds today, with where it comes from."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import user_passes_test

from kennispunt.facts import api, second
from kennispunt.facts.models import Fact
from kennispunt.facts.permissions import may_change_facts
from kennispunt.pagecache.decorators import cached_page
from kennispunt.ui.answering import refusal_said
from kennispunt.ui.cleaning import row_number


@require_safe
@cached_page
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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@user_passes_test(may_change_facts)
def unread(request):
    """Show what colleagues changed about facts, to read by a second person."""
    if request.method == "POST":
        fact = get_object_or_404(Fact, pk=row_number(request.POST.get("fact", "")))
        with refusal_said(request):
            second.mark_read(fact, by=request.user, entry=row_number(request.POST.get("entry", "")))
            messages.success(request, "Nagelezen.")
        return redirect("facts_unread")
    return render(request, "facts/unread.html", {"changes": second.unread(request.user)})
