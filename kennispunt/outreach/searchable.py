"""Entries of the griffiers' page in the search; and which of our texts use a fact."""

from django.urls import reverse

from kennispunt.facts.usage import Use
from kennispunt.outreach.models import Mailing, Text
from kennispunt.pages.references import shows_fact
from kennispunt.search.index import Entry


def entries(keys=None):
    if keys is None or "griffiers" in keys:
        yield Entry(
            key="griffiers",
            title="Voor griffiers: uitleg om door te sturen",
            url=reverse("outreach:griffiers"),
            lead="Een mail, een Word-document en een flyer over het Kennispunt, per gemeente.",
        )


def uses(fact: str) -> list[Use]:
    """The texts and the letters that still wait, for facts.usage: where an editor opens them."""
    texts = [
        (one.title, reverse("wagtailsnippets_outreach_text:edit", args=[one.pk]), one.body)
        for one in Text.objects.filter(body__contains=fact)
    ]
    letters = [
        (f"Brief aan griffies: {one}", one.get_absolute_url(), one.body)
        for one in Mailing.objects.filter(sent_at=None, body__contains=fact)
    ]
    return [
        Use(title, address) for title, address, body in texts + letters if shows_fact(body, fact)
    ]
