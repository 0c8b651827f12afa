"""The links to other sites in our texts, for pages.links."""

import re

from django.urls import reverse

from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages.links import Link

IN_TEXT = re.compile(r"\]\((https?://[^)\s]+)")
BARE = re.compile(r"https?://\S+[^\s.,;)]")


def page_links():
    """Of every article and topic that a visitor can open: in the text, and its sources."""
    for page in (*TopicPage.objects.live(), *ArticlePage.objects.live()):
        sources = getattr(page, "sources", ())
        addresses = [*IN_TEXT.findall(page.body), *(one.value["address"] for one in sources)]
        place = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for address in filter(None, addresses):
            yield Link(address, page.title, place, page.steward_id)


def term_links():
    for term in Term.objects.all():
        place = reverse(f"{Term.snippet_viewset.url_namespace}:edit", args=[term.pk])
        for address in (*IN_TEXT.findall(term.meaning), *BARE.findall(term.source)):
            yield Link(address, f"Begrip: {term.term}", place)
