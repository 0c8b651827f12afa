"""Entries of the signpost in the search, and the dossiers."""

from django.urls import reverse

from kennispunt.facts.usage import Use
from kennispunt.pages import text
from kennispunt.pages.references import References, shows_fact
from kennispunt.search.index import Entry as Found
from kennispunt.search.index import Passage
from kennispunt.signpost.models import DossierPage, Entry


def entries(keys=None):
    found = Entry.objects.public()
    if keys is not None:
        found = found.filter(slug__in=keys)
    references = References()
    for entry in found:
        yield Found(
            key=entry.slug,
            title=entry.title,
            url=entry.get_absolute_url(),
            lead=entry.summary,
            passages=[
                Passage(" ".join(entry.words), text.plain(entry.read(references).intro)),
            ],
            note="Wegwijzer",
        )


def dossiers(keys=None):
    pages = DossierPage.objects.live().public()
    if keys is not None:
        pages = pages.filter(slug__in=keys)
    references = References()
    for page in pages:
        document = text.read(page.body, references)
        passages = [Passage("", text.plain(document.brief))]
        passages += [Passage(part.title, text.plain(part.html), part.id) for part in document.parts]
        yield Found(
            key=page.slug, title=page.title, url=page.url, lead=page.summary, passages=passages
        )


def uses(fact: str) -> list[Use]:
    """The entries and dossiers that show this fact, for facts.usage: where an editor opens them."""
    found = [
        Use(
            f"Wegwijzer: {entry.title}",
            reverse("wagtailsnippets_signpost_entry:edit", args=[entry.pk]),
        )
        for entry in Entry.objects.filter(body__contains=fact)
        if shows_fact(entry.body, fact)
    ]
    return found + [
        Use(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in DossierPage.objects.filter(body__contains=fact)
        if shows_fact(page.body, fact)
    ]
