"""What waits for who looks after pages."""

from django.urls import reverse

from kennispunt.pages.models import CheckedLink
from kennispunt.ui.waiting import Waiting


def waiting(user):
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
