"""The links to other sites that we show, for pages.links."""

import re

from django.urls import reverse

from kennispunt.pages.links import Link
from kennispunt.signpost.models import DossierPage, Entry

IN_TEXT = re.compile(r"\]\((https?://[^)\s]+)")


def entry_links():
    """Of every entry that a visitor can open: its own address, and those in its text."""
    for entry in Entry.objects.public():
        place = reverse("wagtailsnippets_signpost_entry:edit", args=[entry.pk])
        for address in (entry.address, *IN_TEXT.findall(entry.body)):
            yield Link(address, f"Wegwijzer: {entry.title}", place)


def dossier_links():
    for page in DossierPage.objects.live():
        place = reverse("wagtailadmin_pages:edit", args=[page.pk])
        addresses = [*IN_TEXT.findall(page.body), *(one.value["address"] for one in page.sources)]
        for address in filter(None, addresses):
            yield Link(address, page.title, place, page.steward_id)
