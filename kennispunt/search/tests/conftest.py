"""The search with kinds of our own, so that these tests do not depend on who registered what."""

import pytest

from kennispunt.search import index
from kennispunt.search.loading import load_synonyms
from kennispunt.search.tests.articles import (
    article_entries,
    dossier_entries,
    signpost_entries,
    term_entries,
)


@pytest.fixture
def kinds(db, monkeypatch):
    """A registry that is empty until the test registers something."""
    monkeypatch.setattr(index, "_kinds", {})
    return index


@pytest.fixture
def articles(kinds):
    """All our texts, indexed, with the synonyms that the site starts with."""
    kinds.register("artikel", label="Uitleg", order=10, entries=article_entries, weight=1.2)
    kinds.register("begrip", label="Begrippen", order=20, entries=term_entries)
    kinds.register("wegwijzer", label="Wegwijzer", order=30, entries=signpost_entries)
    kinds.register("dossier", label="Dossiers", order=40, entries=dossier_entries)
    load_synonyms()
    kinds.rebuild()
