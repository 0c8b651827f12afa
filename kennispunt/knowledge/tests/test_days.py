"""The calendar leads to the article that tells how to do what a day asks."""

import pytest
from django.utils.timezone import localdate

from kennispunt.elections.calendar import DAY_NAMES, STATUTES, next_election
from kennispunt.elections.explained import YEAR_PLAN
from kennispunt.knowledge.days import ARTICLES
from kennispunt.knowledge.models import ArticlePage
from kennispunt.knowledge.tests.make import make_article
from tests.html import parse

pytestmark = pytest.mark.django_db


def hrefs(element):
    return [link.get("href") for link in element.iter("a")]


def test_day_with_an_article_leads_to_it(client):
    article = make_article("De naam", slug="naam-registreren")
    election = next_election("PS", localdate())

    page = parse(client.get(f"/kalender/{election.slug}/nieuw/").content)

    [day] = [one for one in page.iter("li") if one.get("id") == "registratie"]
    assert hrefs(day)[0] == article.url


def test_year_plan_is_there_for_who_has_no_election_now(client, monkeypatch):
    from datetime import date

    from kennispunt.elections import views

    article = make_article("Het jaar", slug="jaar-van-bestuur")
    monkeypatch.setattr(views, "localdate", lambda: date(2026, 11, 24))

    page = client.get("/kalender/")

    assert "Alleen in de gemeente" in page.text
    assert "20 maart 2030" in page.text
    assert article.url in hrefs(parse(page.content))


def test_every_day_that_is_named_is_there_and_its_article_too(starter):
    assert ARTICLES.keys() <= DAY_NAMES | {STATUTES.name, YEAR_PLAN}
    assert set(ARTICLES.values()) <= set(ArticlePage.objects.values_list("slug", flat=True))
