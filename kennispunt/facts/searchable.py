"""Entries of the facts in the search: every fact of today, with its value as the answer."""

from kennispunt.facts import api
from kennispunt.search.index import Entry, Passage

KIND = "feit"


def facts(keys=None):
    """The versions that hold today. What holds from a later day comes in by the daily rebuild."""
    for name, fact in api.book().items():
        if keys is None or name in keys:
            yield Entry(
                key=name,
                title=fact.what,
                url=fact.get_absolute_url(),
                lead=". ".join(filter(None, [fact.shown, fact.reservation])),
                passages=[Passage("", fact.get_group_display())],
                note=fact.law or fact.source_site or fact.source,
            )
