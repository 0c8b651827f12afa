"""What search finds of us: the page for griffiers."""

from django.urls import reverse

from kennispunt.search.index import Entry


def entries(keys=None):
    if keys is None or "griffiers" in keys:
        yield Entry(
            key="griffiers",
            title="Voor griffiers: uitleg om door te sturen",
            url=reverse("outreach:griffiers"),
            lead="Een mail, een Word-document en een flyer over het Kennispunt, per gemeente.",
        )
