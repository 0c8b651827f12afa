"""What waits for who looks after pages."""

from datetime import datetime, time

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import make_aware

from kennispunt.pages.models import CheckedLink, Reaction
from kennispunt.ui.waiting import Waiting


def waiting(user):
    """Links that lead elsewhere, and remarks of readers."""
    yield from links(user)
    yield from remarks(user)


def links(user):
    """Links to elsewhere that lead somewhere else, in this person's texts or in nobody's."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return
    links = [link for link in CheckedLink.objects.with_problem() if link.looked_after_by(user)]
    if links:
        yield Waiting(
            "link",
            "Eén link klopt niet meer"
            if len(links) == 1
            else f"{len(links)} links kloppen niet meer",
            reverse("pages_links"),
            since=min(link.problem_since for link in links),
            count=len(links),
        )


def remarks(user):
    """Remarks below texts that nobody dealt with yet, in one line."""
    if not user.has_perm("pages.change_reaction"):
        return
    found = Reaction.objects.filter(handled=False).aggregate(count=Count("pk"), first=Min("day"))
    if found["count"]:
        yield Waiting(
            "reactie",
            "Opmerkingen van lezers",
            reverse("wagtailsnippets_pages_reaction:list") + "?handled=false",
            since=make_aware(datetime.combine(found["first"], time())),
            count=found["count"],
        )
