"""What search finds of our texts, and that it follows what editors do."""

import pytest

from kennispunt.facts import usage
from kennispunt.knowledge.models import ArticlePage, Term
from kennispunt.search.find import search

pytestmark = pytest.mark.django_db


def found(words):
    return [hit.url for hit in search(words).hits()]


def test_article_is_found_once_it_is_there_and_gone_when_taken_down(starter):
    page = ArticlePage.objects.get(slug="naam-registreren")
    assert any(url.startswith(page.url) for url in found("naam registreren"))

    page.unpublish()

    assert not any(url.startswith(page.url) for url in found("naam registreren"))


def test_what_an_editor_publishes_is_found_at_once(starter):
    page = ArticlePage.objects.get(slug="naam-registreren")
    page.title = "De olifant in de kamer"
    page.save_revision().publish()

    assert any(url.startswith(page.url) for url in found("olifant"))


def test_draft_is_not_found(starter):
    page = ArticlePage.objects.get(slug="naam-registreren")
    page.title = "De olifant in de kamer"
    page.save_revision()

    assert found("olifant") == []


def test_term_follows(starter):
    term = Term.objects.first()
    term.term = "Olifantenpad"
    term.save()
    assert term.get_absolute_url() in found("olifantenpad")

    term.delete()
    assert found("olifantenpad") == []


def test_fact_names_the_texts_that_show_it(starter):
    page = ArticlePage.objects.get(slug="naam-registreren")

    assert f"/beheer/pages/{page.pk}/edit/" in {
        use.address for use in usage.uses("naam-max-tekens")
    }
    assert usage.uses("geen-feit") == []


def test_words_for_a_screen_reader_alone_are_not_shown_in_results(starter):
    hits = search("aanduiding").hits()

    assert hits
    assert "(bron)" not in " ".join(str(hit) for hit in hits)


def test_article_is_found_by_words_that_visitors_do_not_see(starter, client):
    page = ArticlePage.objects.get(slug="naam-registreren")
    page.search_words = ["neushoorn"]
    page.save_revision().publish()

    assert [url.partition("#")[0] for url in found("neushoorn")] == [page.url]
    shown = client.get("/zoeken/", {"q": "neushoorn"}).content.decode()
    assert "neushoorn" not in shown.partition("<main")[2].partition(page.url)[2]
